"""The schema: every table with its constraints and indexes, and the full-text index of each database.

The guards (`models/guards.py`) are not here. They are installed after every `migrate`, because SQLite cannot rebuild a
table that a trigger mentions, and because each guard is made from the columns that its table has by then.
"""

from django.conf import settings
from django.core import validators
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.functions import Lower
from django.utils import timezone

MODELS = [
    migrations.CreateModel(
        name="Section",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=60, unique=True)),
            ("slug", models.SlugField(unique=True)),
            (
                "position",
                models.PositiveSmallIntegerField(default=0, help_text="Order in the menu and on the home page."),
            ),
            (
                "summary",
                models.CharField(blank=True, help_text="One sentence under the section’s name.", max_length=200),
            ),
            ("requires_review", models.BooleanField(default=True, verbose_name="requires a medical review")),
            ("requires_references", models.BooleanField(default=True, verbose_name="requires references")),
            (
                "requires_risks",
                models.BooleanField(default=False, verbose_name="requires headings on benefits and risks"),
            ),
            (
                "review_months",
                models.PositiveSmallIntegerField(
                    default=24,
                    help_text="After this many months a sign-off is overdue, and the page says so.",
                    validators=[validators.MinValueValidator(1), validators.MaxValueValidator(120)],
                    verbose_name="months until the next review",
                ),
            ),
        ],
        options={"ordering": ["position", "name"]},
    ),
    migrations.CreateModel(
        name="Topic",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=80, unique=True)),
            ("slug", models.SlugField(unique=True, verbose_name="address")),
            (
                "definition",
                models.CharField(
                    blank=True, help_text="One or two sentences, shown at the top of its page.", max_length=300
                ),
            ),
            (
                "mesh_id",
                models.CharField(
                    blank=True,
                    help_text="The same concept in the Medical Subject Headings of the US National Library of Medicine.",
                    max_length=10,
                    validators=[
                        validators.RegexValidator(
                            "^[DC]\\d{6,9}\\Z", "A MeSH ID is a letter and a number, for example D009437."
                        )
                    ],
                    verbose_name="MeSH ID",
                ),
            ),
            (
                "synonyms",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Other words people may search for, one per line.",
                    verbose_name="other names",
                ),
            ),
            (
                "parent",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="children",
                    to="articles.topic",
                    verbose_name="parent topic",
                ),
            ),
            (
                "medicines",
                models.ManyToManyField(
                    blank=True,
                    help_text="Shown on the topic’s page once they are checked.",
                    related_name="topics",
                    to="articles.drug",
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True,
                    help_text="Whose A to Z lists it. Empty: as the topic above it, or every section with articles about it.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="articles.section",
                ),
            ),
            (
                "place",
                models.CharField(
                    blank=True,
                    choices=[("where", "Under “Where does it hurt?”"), ("help", "Under “What may help”")],
                    help_text="Shown there while something is published under it.",
                    max_length=10,
                    verbose_name="on the home page",
                ),
            ),
            (
                "icon",
                models.CharField(
                    blank=True,
                    choices=[
                        ("head", "Head"),
                        ("spine", "Spine"),
                        ("nerve", "Nerve"),
                        ("body", "Whole body"),
                        ("capsule", "Medicine"),
                        ("walk", "Movement"),
                        ("needle", "Needle"),
                        ("device", "Device"),
                        ("alert", "Warning"),
                    ],
                    help_text="Its drawing on the home page and its section’s. Empty: as the topic above it.",
                    max_length=10,
                ),
            ),
        ],
        options={
            "ordering": ["name"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("parent__isnull", True), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                    ),
                    name="topic_not_under_itself",
                    violation_error_message="A topic can’t be its own parent.",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("mesh_id", ""), _negated=True),
                    fields=("mesh_id",),
                    name="topic_mesh_id_once",
                    violation_error_message="Another topic has this MeSH ID.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Contributor",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=120)),
            ("slug", models.SlugField(max_length=140, unique=True)),
            (
                "credentials",
                models.CharField(
                    blank=True, help_text="Degrees and titles, for example “MD” or “PT, DPT”.", max_length=120
                ),
            ),
            (
                "role",
                models.CharField(
                    blank=True, help_text="What they do, for example “pain medicine physician”.", max_length=160
                ),
            ),
            ("biography", models.TextField(blank=True)),
            (
                "interests",
                models.TextField(
                    blank=True,
                    help_text="Payments, shares or employment that could influence them. Write “None” if there are none.",
                    verbose_name="interests to disclose",
                ),
            ),
            (
                "credentials_checked_on",
                models.DateField(
                    blank=True,
                    help_text="The day someone compared them with the register or the degree. Readers see it. Due once a year.",
                    null=True,
                    verbose_name="credentials checked on",
                ),
            ),
            (
                "credentials_checked_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("is_medical_reviewer", models.BooleanField(default=False)),
            (
                "user",
                models.OneToOneField(
                    blank=True,
                    help_text="The user they sign in as, if any.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="contributor",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="user",
                ),
            ),
            (
                "email",
                models.EmailField(
                    blank=True,
                    help_text="Where we send review requests. Never shown to readers. Use an address that only this person reads.",
                    max_length=254,
                    verbose_name="email address",
                ),
            ),
        ],
        options={
            "ordering": ["name"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("credentials_checked_by__isnull", True),
                        ("credentials_checked_on__isnull", False),
                        _connector="OR",
                    ),
                    name="contributor_credentials_checked_on_a_day",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Image",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("file", models.FileField(editable=False, max_length=120, upload_to="pictures")),
            (
                "digest",
                models.CharField(editable=False, help_text="SHA-256 of the stored file.", max_length=64, unique=True),
            ),
            (
                "file_name",
                models.CharField(
                    blank=True,
                    editable=False,
                    help_text="Of the file that was uploaded, without its ending.",
                    max_length=120,
                ),
            ),
            ("format", models.CharField(editable=False, max_length=8)),
            ("width", models.PositiveIntegerField(editable=False, help_text="Pixels.")),
            ("height", models.PositiveIntegerField(editable=False, help_text="Pixels.")),
            (
                "alt",
                models.CharField(
                    blank=True,
                    help_text="Describe what the picture shows, for people who can’t see it. Don’t use the file name.",
                    max_length=300,
                    verbose_name="alt text",
                ),
            ),
            (
                "is_decorative",
                models.BooleanField(
                    default=False,
                    help_text="The picture adds no information, so screen readers skip it.",
                    verbose_name="decorative",
                ),
            ),
            ("uploaded_at", models.DateTimeField(auto_now_add=True)),
            (
                "uploaded_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "fingerprint",
                models.CharField(blank=True, editable=False, help_text="How it looks, in 64 bits.", max_length=16),
            ),
            (
                "focal_x",
                models.FloatField(
                    default=0.5,
                    help_text="0 is the left edge, 1 the right edge.",
                    verbose_name="focal point, from the left",
                ),
            ),
            (
                "focal_y",
                models.FloatField(
                    default=0.5,
                    help_text="0 is the top edge, 1 the bottom edge.",
                    verbose_name="focal point, from the top",
                ),
            ),
            (
                "original",
                models.CharField(
                    blank=True,
                    db_index=True,
                    editable=False,
                    help_text="SHA-256 of the file as it was given.",
                    max_length=64,
                ),
            ),
            (
                "rendered",
                models.CharField(
                    blank=True,
                    editable=False,
                    help_text="Which credit is inside the files.",
                    max_length=12,
                ),
            ),
            ("replaced_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "replaced_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="stands_in_for",
                    to="articles.image",
                ),
            ),
        ],
        options={
            "verbose_name": "picture",
            "ordering": ["-uploaded_at", "-id"],
            "indexes": [models.Index(fields=["-uploaded_at", "-id"], name="image_uploaded")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("height__gt", 0), ("width__gt", 0)),
                    name="image_has_pixels",
                    violation_error_message="A picture must be at least one pixel wide and high.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("focal_x__gte", 0), ("focal_x__lte", 1), ("focal_y__gte", 0), ("focal_y__lte", 1)
                    ),
                    name="image_focal_point_inside",
                    violation_error_message="The focal point must be between 0 and 1.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("replaced_at", None), ("replaced_by", None)),
                        models.Q(("replaced_at__isnull", False), ("replaced_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="image_replaced_with_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(("replaced_by", models.F("id")), _negated=True),
                    name="image_not_replaced_by_itself",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Article",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(blank=True, max_length=200)),
            (
                "slug",
                models.SlugField(
                    blank=True,
                    help_text="The last part of the web address. Leave it empty to make it from the title.",
                    max_length=120,
                    verbose_name="address",
                ),
            ),
            (
                "standfirst",
                models.TextField(
                    blank=True,
                    help_text="Two or three sentences under the title that say what the article is about.",
                    max_length=300,
                ),
            ),
            ("lead_caption", models.CharField(blank=True, max_length=300, verbose_name="lead picture caption")),
            ("body", models.TextField(blank=True, verbose_name="text")),
            (
                "closing_question",
                models.CharField(
                    blank=True,
                    help_text="Shown at the end. Readers answer yes, no or not sure with one tap.",
                    max_length=200,
                ),
            ),
            (
                "disclosure",
                models.TextField(
                    blank=True,
                    help_text="Who paid for this and what could have influenced its authors. If nothing did, write “The authors report no conflicts of interest.”",
                ),
            ),
            (
                "search_title",
                models.CharField(
                    blank=True,
                    help_text="What search engines show instead of the title.",
                    max_length=200,
                    verbose_name="title for search",
                ),
            ),
            (
                "search_description",
                models.CharField(
                    blank=True,
                    help_text="What search engines show instead of the standfirst.",
                    max_length=300,
                    verbose_name="description for search",
                ),
            ),
            (
                "first_published_url",
                models.URLField(
                    blank=True,
                    help_text="Only for an article that another site published first: search engines are sent there. It begins with https://.",
                    max_length=500,
                    verbose_name="address there",
                ),
            ),
            (
                "first_published_in",
                models.CharField(
                    blank=True,
                    help_text="The publication’s name, which readers see.",
                    max_length=120,
                    verbose_name="first published in",
                ),
            ),
            (
                "version",
                models.PositiveIntegerField(default=0, editable=False, help_text="Changes with every save."),
            ),
            ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
            ("changed_at", models.DateTimeField(default=timezone.now, editable=False)),
            ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="due")),
            (
                "assigned_to",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="assigned_articles",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("import_name", models.CharField(blank=True, editable=False, max_length=200)),
            (
                "import_digest",
                models.CharField(blank=True, editable=False, help_text="SHA-256 of the imported file.", max_length=64),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "lead_image",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="articles.image",
                    verbose_name="lead picture",
                ),
            ),
            (
                "page_type",
                models.CharField(
                    choices=[("article", "Article"), ("hub", "Topic page"), ("page", "Site page")],
                    default="article",
                    help_text="A topic page introduces a topic. A site page is about the site itself, such as its privacy policy. It can’t be changed once the page is published.",
                    max_length=7,
                    verbose_name="type",
                ),
            ),
            (
                "hub_of",
                models.OneToOneField(
                    blank=True,
                    error_messages={"unique": "This topic has a topic page already."},
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="articles.topic",
                    verbose_name="topic of a topic page",
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.section"
                ),
            ),
            (
                "draft_key",
                models.CharField(
                    blank=True,
                    editable=False,
                    help_text="Of the form that started this article, so that it is started only once.",
                    max_length=64,
                ),
            ),
            ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "deleted_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("topics", models.ManyToManyField(blank=True, related_name="+", to="articles.topic")),
            (
                "authors",
                models.ManyToManyField(
                    blank=True, related_name="+", through="articles.Byline", to="articles.contributor"
                ),
            ),
        ],
        options={
            "ordering": ["-changed_at", "-id"],
            "indexes": [
                models.Index(fields=["-changed_at", "-id"], name="article_changed"),
                models.Index(
                    condition=models.Q(("deleted_at__isnull", False)), fields=["deleted_at"], name="article_deleted"
                ),
            ],
            "permissions": [
                ("submit_article", "Can submit an article for review"),
                ("sign_off_article", "Can sign off on an article as its medical reviewer"),
                ("publish_article", "Can publish, schedule and unpublish an article"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("slug", ""), _negated=True),
                    fields=("slug",),
                    name="article_address_once",
                    violation_error_code="unique",
                    violation_error_message="Another article has this address.",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("import_digest", ""), _negated=True),
                    fields=("import_digest",),
                    name="article_imported_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("draft_key", ""), _negated=True),
                    fields=("created_by", "draft_key"),
                    name="article_begun_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(("page_type__in", ["article", "hub", "page"])), name="article_type_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(("deleted_by", None), ("deleted_at__isnull", False), _connector="OR"),
                    name="article_deleted_when",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("hub_of__isnull", False), ("page_type", "hub")),
                        models.Q(models.Q(("page_type", "hub"), _negated=True), ("hub_of__isnull", True)),
                        _connector="OR",
                    ),
                    name="article_hub_has_its_topic",
                    violation_error_message="A topic page needs the topic it introduces; nothing else has one.",
                ),
            ],
        },
        managers=[("everything", models.Manager())],
    ),
    migrations.CreateModel(
        name="Byline",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("article", models.ForeignKey(on_delete=models.CASCADE, related_name="byline", to="articles.article")),
            (
                "contributor",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to="articles.contributor", verbose_name="author"
                ),
            ),
        ],
        options={
            "verbose_name": "author",
            "verbose_name_plural": "byline",
            "ordering": ["position", "id"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "contributor"),
                    name="byline_names_author_once",
                    violation_error_message="This author is already in the byline.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ImageCredit",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "title",
                models.CharField(
                    blank=True, help_text="If it has one.", max_length=200, verbose_name="title of the work"
                ),
            ),
            (
                "description",
                models.CharField(blank=True, help_text="What the picture is, if it has no title.", max_length=300),
            ),
            ("creator", models.CharField(blank=True, max_length=200)),
            ("creator_url", models.URLField(blank=True, max_length=500, verbose_name="creator’s page")),
            (
                "source",
                models.CharField(blank=True, help_text="The platform or agency, for example “Flickr”.", max_length=120),
            ),
            ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the work")),
            (
                "license",
                models.CharField(
                    blank=True,
                    help_text="The license stated on the work’s page, with its version. “Flickr” is not a license. This is not legal advice.",
                    max_length=40,
                ),
            ),
            (
                "modifications",
                models.CharField(
                    blank=True,
                    help_text="For example “cropped”. A different size or format is not a change.",
                    max_length=200,
                    verbose_name="what we changed",
                ),
            ),
            (
                "permission",
                models.TextField(
                    blank=True,
                    help_text="Who gave permission, when, and for what use. Add the agency’s reference number.",
                    verbose_name="permission or contract",
                ),
            ),
            ("raw", models.TextField(blank=True, editable=False, verbose_name="old credit line")),
            (
                "found_in",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    help_text="The imported article whose text contained this credit line.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="waiting_credits",
                    to="articles.article",
                ),
            ),
            (
                "image",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="credit", to="articles.image"
                ),
            ),
            ("dismissed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("dismissed_reason", models.CharField(blank=True, editable=False, max_length=200)),
            (
                "dismissed_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "is_noncommercial",
                models.BooleanField(
                    default=False,
                    help_text="NC licenses require this: no advertising beside the picture, nothing sold with it. Ask if you’re not sure.",
                    verbose_name="our use is noncommercial",
                ),
            ),
            (
                "is_untitled",
                models.BooleanField(
                    default=False,
                    help_text="Check before you tick this: Creative Commons licenses before 4.0 end if you leave out the title.",
                    verbose_name="the creator gave it no title",
                ),
            ),
            (
                "made_with",
                models.CharField(
                    blank=True,
                    help_text="For AI-generated pictures: the system, its version and the prompt.",
                    max_length=200,
                    verbose_name="how AI made it",
                ),
            ),
            (
                "rights_end_on",
                models.DateField(
                    blank=True,
                    help_text="From this day on, no one is shown the picture.",
                    null=True,
                ),
            ),
        ],
        options={
            "verbose_name": "picture credit",
            "ordering": ["-id"],
            "indexes": [models.Index(fields=["rights_end_on"], name="credit_rights_end")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("image__isnull", False), models.Q(("raw", ""), _negated=True), _connector="OR"),
                    name="credit_has_picture_or_line",
                    violation_error_message="A credit must belong to a picture or keep an old credit line.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("dismissed_at__isnull", True), ("dismissed_by__isnull", True)),
                        models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="credit_dismissed_by_somebody",
                    violation_error_message="A dismissed line needs a person and a time.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Reference",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            (
                "citation",
                models.TextField(help_text="AMA style: authors, title, journal, year, pages."),
            ),
            ("doi", models.CharField(blank=True, max_length=200, verbose_name="DOI")),
            ("pmid", models.CharField(blank=True, max_length=100, verbose_name="PubMed ID")),
            ("url", models.URLField(blank=True, max_length=500, verbose_name="official page")),
            ("record", models.JSONField(blank=True, default=dict)),
            ("article", models.ForeignKey(on_delete=models.CASCADE, related_name="references", to="articles.article")),
        ],
        options={"ordering": ["position", "id"]},
    ),
    migrations.CreateModel(
        name="Revision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField()),
            ("content", models.JSONField()),
            ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
            (
                "signed_digest",
                models.CharField(help_text="SHA-256 of the part a reviewer signs off on.", max_length=64),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
            ("is_autosave", models.BooleanField(default=False)),
            ("article", models.ForeignKey(on_delete=models.PROTECT, related_name="revisions", to="articles.article")),
            (
                "by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "ordering": ["article", "-number"],
            "indexes": [
                models.Index(fields=["article", "signed_digest"], name="revision_signed"),
                models.Index(fields=["article", "-number", "is_autosave", "signed_digest"], name="revision_newest"),
            ],
            "constraints": [models.UniqueConstraint(fields=("article", "number"), name="revision_numbered_once")],
        },
    ),
    migrations.CreateModel(
        name="Review",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("signed_digest", models.CharField(max_length=64)),
            ("name", models.CharField(help_text="As it was on that day, like the next two.", max_length=120)),
            ("credentials", models.CharField(blank=True, max_length=120)),
            ("interests", models.TextField(blank=True)),
            (
                "decision",
                models.CharField(choices=[("approved", "Approved"), ("changes", "Changes requested")], max_length=10),
            ),
            ("comments", models.TextField(blank=True)),
            ("decided_at", models.DateTimeField(default=timezone.now)),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="next review by")),
            (
                "withdrawn_at",
                models.DateTimeField(
                    blank=True,
                    help_text="When the reviewer requested changes on the same text after all.",
                    null=True,
                    verbose_name="withdrawn",
                ),
            ),
            (
                "reminded_at_days",
                models.SmallIntegerField(
                    blank=True,
                    help_text="How many days before it is due the desk was last emailed about it; -1 when it was overdue.",
                    null=True,
                    verbose_name="last reminder",
                ),
            ),
            (
                "reviewer",
                models.ForeignKey(on_delete=models.PROTECT, related_name="reviews", to="articles.contributor"),
            ),
            ("revision", models.ForeignKey(on_delete=models.PROTECT, related_name="reviews", to="articles.revision")),
            (
                "carried_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Who kept it.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "carried_from",
                models.ForeignKey(
                    blank=True,
                    help_text="The earlier sign-off that was kept after a typo fix.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="carried_to",
                    to="articles.review",
                ),
            ),
        ],
        options={
            "ordering": ["-decided_at", "-id"],
            "indexes": [
                models.Index(fields=["due_on"], name="review_due"),
                models.Index(
                    condition=models.Q(("withdrawn_at__isnull", False)),
                    fields=["withdrawn_at"],
                    name="review_withdrawn",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("decision__in", ["approved", "changes"])), name="review_decision_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(("decision", "changes"), ("due_on__isnull", False), _connector="OR"),
                    name="review_approval_has_due_date",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("carried_by__isnull", True), ("carried_from__isnull", True)),
                        models.Q(
                            ("carried_by__isnull", False), ("carried_from__isnull", False), ("decision", "approved")
                        ),
                        _connector="OR",
                    ),
                    name="review_carried_over_by_somebody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Edition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField()),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("first", "First"),
                        ("update", "Update"),
                        ("correction", "Correction"),
                        ("withdrawn", "Unpublished"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "note",
                models.TextField(
                    blank=True, help_text="What changed, or why the article was unpublished. Readers see this."
                ),
            ),
            ("published_at", models.DateTimeField(default=timezone.now, help_text="When it was published.")),
            ("live_from", models.DateTimeField()),
            ("live_until", models.DateTimeField(blank=True, null=True)),
            ("first_live_from", models.DateTimeField(help_text="When the article’s first edition went live.")),
            ("slug", models.SlugField(max_length=120)),
            ("topics", models.JSONField(default=list, help_text='[{"name": …, "slug": …}]')),
            ("title", models.CharField(max_length=200)),
            ("standfirst", models.TextField()),
            ("body", models.TextField()),
            ("lead_caption", models.CharField(blank=True, max_length=300)),
            (
                "signed_pictures",
                models.JSONField(
                    default=list,
                    help_text='As they were signed: [{"id": …, "place": …, "caption": …, "digest": …, "alt": …}]',
                ),
            ),
            (
                "search_title",
                models.CharField(
                    blank=True,
                    help_text="What search engines show instead of the title.",
                    max_length=200,
                    verbose_name="title for search",
                ),
            ),
            (
                "search_description",
                models.CharField(
                    blank=True,
                    help_text="What search engines show instead of the standfirst.",
                    max_length=300,
                    verbose_name="description for search",
                ),
            ),
            (
                "first_published_url",
                models.URLField(
                    blank=True,
                    help_text="Only for an article that another site published first: search engines are sent there. It begins with https://.",
                    max_length=500,
                    verbose_name="address there",
                ),
            ),
            (
                "first_published_in",
                models.CharField(
                    blank=True,
                    help_text="The publication’s name, which readers see.",
                    max_length=120,
                    verbose_name="first published in",
                ),
            ),
            ("closing_question", models.CharField(blank=True, max_length=200)),
            ("disclosure", models.TextField(blank=True)),
            (
                "references",
                models.JSONField(default=list, help_text='[{"citation": …, "doi": …, "pmid": …, "url": …}]'),
            ),
            ("search_text", models.TextField(blank=True)),
            ("minutes", models.PositiveSmallIntegerField(default=1, help_text="Reading time.")),
            ("article", models.ForeignKey(on_delete=models.PROTECT, related_name="editions", to="articles.article")),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "lead_image",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.image"
                ),
            ),
            (
                "erratum",
                models.ForeignKey(
                    editable=False,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="articles.correction",
                    to_field="key",
                ),
            ),
            (
                "review",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="editions", to="articles.review"
                ),
            ),
            ("revision", models.ForeignKey(on_delete=models.PROTECT, related_name="editions", to="articles.revision")),
            (
                "page_type",
                models.CharField(
                    choices=[("article", "Article"), ("hub", "Topic page"), ("page", "Site page")],
                    default="article",
                    max_length=7,
                    verbose_name="type",
                ),
            ),
            (
                "hub_of",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.topic"
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.section"
                ),
            ),
            (
                "corrections",
                models.JSONField(
                    default=list,
                    help_text='Every correction so far, oldest first: [{"on": …, "was": …, "now": …, "why": …, "severity": …}]',
                ),
            ),
            (
                "set_aside",
                models.JSONField(
                    default=list,
                    help_text='Checks that two editors overrode: [{"finding": …, "message": …, "reason": …, "on": …}]',
                ),
            ),
            (
                "answers",
                models.JSONField(
                    default=list,
                    help_text="What medical reviewers found correct when a check asked: "
                    '[{"digest": …, "finding": …, "subject": …, "sentence": …, "why": …, "reviewer": …, "on": …}]',
                ),
            ),
            (
                "changed_at",
                models.DateTimeField(
                    help_text="When the text last changed. Typo fixes, minor corrections and new addresses don’t count."
                ),
            ),
        ],
        options={
            "verbose_name": "published version",
            "ordering": ["-live_from", "-id"],
            "indexes": [
                models.Index(fields=["slug", "live_from"], name="edition_address"),
                models.Index(fields=["live_from", "live_until", "kind", "page_type"], name="edition_interval"),
                models.Index(
                    fields=["article", "-live_from", "live_until", "kind", "revision", "number"],
                    name="edition_of_article",
                ),
                models.Index(fields=["live_until"], name="edition_end"),
                models.Index(fields=["first_published_url"], name="edition_elsewhere"),
                models.Index(
                    fields=["section", "-first_live_from", "-id", "live_from", "live_until", "kind", "page_type"],
                    name="edition_section_list",
                ),
                models.Index(
                    fields=["-first_live_from", "-id", "live_from", "live_until", "kind", "page_type"],
                    name="edition_list",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("article", "number"), name="edition_numbered_once"),
                models.UniqueConstraint(
                    condition=models.Q(("live_until__isnull", True)),
                    fields=("article",),
                    name="edition_one_open_per_article",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("live_until__isnull", True), ("live_until__gte", models.F("live_from")), _connector="OR"
                    ),
                    name="edition_ends_after_start",
                ),
                models.CheckConstraint(
                    condition=models.Q(("kind__in", ["first", "update", "correction", "withdrawn"])),
                    name="edition_kind_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("erratum__isnull", False), ("kind", "correction")),
                        models.Q(models.Q(("kind", "correction"), _negated=True), ("erratum", None)),
                        _connector="OR",
                    ),
                    name="edition_correction_has_its_row",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "withdrawn"), _negated=True),
                        models.Q(("note", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="edition_withdrawn_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("page_type__in", ["article", "hub", "page"])), name="edition_type_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("first_published_in", ""), ("first_published_url", "")),
                        models.Q(
                            ("page_type", "article"),
                            models.Q(("first_published_url", ""), _negated=True),
                            models.Q(("first_published_in", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="edition_first_published_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("hub_of__isnull", False), ("page_type", "hub")),
                        models.Q(models.Q(("page_type", "hub"), _negated=True), ("hub_of__isnull", True)),
                        _connector="OR",
                    ),
                    name="edition_hub_has_its_topic",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("page_type", "page"), ("section__isnull", True)),
                        models.Q(models.Q(("page_type", "page"), _negated=True), ("section__isnull", False)),
                        _connector="OR",
                    ),
                    name="edition_has_its_section",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EditionByline",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField()),
            ("name", models.CharField(max_length=120)),
            ("credentials", models.CharField(blank=True, max_length=120)),
            ("contributor", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="articles.contributor")),
            ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="bylines", to="articles.edition")),
        ],
        options={
            "ordering": ["position"],
            "constraints": [
                models.UniqueConstraint(fields=("edition", "contributor"), name="edition_names_author_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Subscription",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("email", models.EmailField(max_length=254, verbose_name="email address")),
            (
                "state",
                models.CharField(
                    choices=[("pending", "Waiting for confirmation"), ("active", "Active"), ("ended", "Ended")],
                    default="pending",
                    max_length=10,
                ),
            ),
            ("requested_at", models.DateTimeField(default=timezone.now)),
            (
                "asked_at",
                models.DateTimeField(blank=True, help_text="When the confirmation email was sent.", null=True),
            ),
            ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            (
                "paused_until",
                models.DateField(blank=True, help_text="No weekly newsletter before this day.", null=True),
            ),
            ("source", models.CharField(blank=True, help_text="Where an imported address came from.", max_length=200)),
            (
                "wants",
                models.CharField(
                    choices=[
                        ("weekly", "The weekly newsletter and corrections"),
                        ("corrections", "Only corrections to what I was sent"),
                    ],
                    default="weekly",
                    max_length=12,
                ),
            ),
            (
                "sections",
                models.ManyToManyField(
                    blank=True,
                    help_text="Sections of interest. None selected means all.",
                    related_name="+",
                    to="articles.section",
                ),
            ),
        ],
        options={
            "verbose_name": "subscriber",
            "ordering": ["-requested_at", "-id"],
            "indexes": [
                models.Index(fields=["-requested_at", "-id"], name="subscription_list"),
                models.Index(fields=["state", "wants", "paused_until"], name="subscription_counted"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    Lower("email"),
                    name="subscription_address_once",
                    violation_error_message="This address is already on the list.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("confirmed_at__isnull", True), ("ended_at__isnull", True), ("state", "pending")),
                        models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True), ("state", "active")),
                        models.Q(("ended_at__isnull", False), ("state", "ended")),
                        _connector="OR",
                    ),
                    name="subscription_state_has_its_time",
                ),
            ],
            "permissions": [
                ("count_subscription", "Can see the number of subscribers, but no addresses"),
                ("export_subscription", "Can import and export subscribers’ addresses"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ConsentEvent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("asked", "Asked"),
                        ("confirmed", "Confirmed"),
                        ("imported", "Given elsewhere and imported"),
                        ("changed", "Changed their choices"),
                        ("moved", "Changed their address"),
                        ("ended", "Ended"),
                        ("restored", "Ended through our fault, and restored"),
                    ],
                    max_length=10,
                ),
            ),
            ("wording", models.TextField(help_text="The exact words beside the button.")),
            ("page", models.CharField(blank=True, help_text="Path of the page where it happened.", max_length=300)),
            ("at", models.DateTimeField(default=timezone.now, help_text="When it was given.")),
            (
                "subscription",
                models.ForeignKey(on_delete=models.CASCADE, related_name="consent_events", to="articles.subscription"),
            ),
            ("recorded_at", models.DateTimeField(default=timezone.now)),
            ("source", models.CharField(blank=True, help_text="Where it was given, if not here.", max_length=200)),
        ],
        options={"ordering": ["at", "id"]},
    ),
    migrations.CreateModel(
        name="SubscriptionToken",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "purpose",
                models.CharField(
                    choices=[
                        ("confirm", "Confirm"),
                        ("manage", "Manage one’s own data"),
                        ("move", "Confirm another address"),
                    ],
                    max_length=12,
                ),
            ),
            ("digest", models.CharField(help_text="HMAC-SHA-256 of the token.", max_length=64, unique=True)),
            ("created_at", models.DateTimeField(default=timezone.now)),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(blank=True, null=True)),
            (
                "subscription",
                models.ForeignKey(on_delete=models.CASCADE, related_name="tokens", to="articles.subscription"),
            ),
            ("new_email", models.EmailField(blank=True, help_text="The address to move to.", max_length=254)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("new_email", ""), ("purpose__in", ["confirm", "manage"])),
                        models.Q(("purpose", "move"), models.Q(("new_email", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="token_purpose_known",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Opening",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("seen_at", models.DateTimeField(default=timezone.now)),
            ("article", models.ForeignKey(on_delete=models.CASCADE, related_name="openings", to="articles.article")),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("article", "user"), name="opening_once_for_each_user")]
        },
    ),
    migrations.CreateModel(
        name="Comment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("quote", models.CharField(blank=True, max_length=300)),
            ("text", models.TextField(max_length=2000)),
            ("at", models.DateTimeField(default=timezone.now)),
            ("resolved_at", models.DateTimeField(blank=True, null=True)),
            ("article", models.ForeignKey(on_delete=models.CASCADE, related_name="comments", to="articles.article")),
            (
                "by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "parent",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="answers", to="articles.comment"
                ),
            ),
            (
                "resolved_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "reviewer",
                models.ForeignKey(
                    blank=True,
                    help_text="Who wrote it by a signed link, without an account.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="articles.contributor",
                ),
            ),
            ("revision", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.revision")),
        ],
        options={
            "ordering": ["at", "id"],
            "indexes": [
                models.Index(condition=models.Q(("resolved_at", None)), fields=["article"], name="comment_open")
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("by__isnull", True), ("reviewer__isnull", True), _connector="OR"),
                    name="comment_by_one_person",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("parent__isnull", True),
                        models.Q(("quote", ""), ("resolved_at__isnull", True)),
                        _connector="OR",
                    ),
                    name="comment_answer_is_plain",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SavedFilter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=60)),
            ("query", models.CharField(help_text="Of the list’s address.", max_length=500)),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="saved_filters", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "ordering": ["name"],
            "constraints": [models.UniqueConstraint(fields=("user", "name"), name="saved_filter_once")],
        },
    ),
    migrations.CreateModel(
        name="MutedNotice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("asked", "A review is asked of me, or taken back"),
                        ("signed", "A reviewer signed off on my article"),
                        ("changes", "A reviewer asked for changes to my article"),
                        ("commented", "Someone commented on my article, or answered me"),
                        ("published", "My article was published"),
                        ("assigned", "An article was assigned to me"),
                        ("due", "Something of mine is due soon"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="muted_notices", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="muted_notice_once")],
        },
    ),
    migrations.CreateModel(
        name="Notice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("asked", "A review is asked of me, or taken back"),
                        ("signed", "A reviewer signed off on my article"),
                        ("changes", "A reviewer asked for changes to my article"),
                        ("commented", "Someone commented on my article, or answered me"),
                        ("published", "My article was published"),
                        ("assigned", "An article was assigned to me"),
                        ("due", "Something of mine is due soon"),
                    ],
                    max_length=10,
                ),
            ),
            ("sentence", models.CharField(max_length=500)),
            ("at", models.DateTimeField(default=timezone.now)),
            ("mailed_at", models.DateTimeField(blank=True, help_text="When it went into a digest.", null=True)),
            ("article", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.article")),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "ordering": ["at", "id"],
            "indexes": [
                models.Index(condition=models.Q(("mailed_at", None)), fields=["user"], name="notice_waiting"),
                models.Index(fields=["user", "mailed_at"], name="notice_mailed"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReviewTask",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("asked_at", models.DateTimeField(default=timezone.now)),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
            ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            (
                "article",
                models.ForeignKey(on_delete=models.CASCADE, related_name="review_tasks", to="articles.article"),
            ),
            (
                "asked_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "reviewer",
                models.ForeignKey(on_delete=models.CASCADE, related_name="review_tasks", to="articles.contributor"),
            ),
            ("revision", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.revision")),
        ],
        options={
            "ordering": ["-asked_at", "-id"],
            "indexes": [
                models.Index(condition=models.Q(("taken_back_at", None)), fields=["due_on"], name="review_task_due")
            ],
        },
    ),
    migrations.CreateModel(
        name="Correction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.UUIDField(editable=False, unique=True)),
            ("was", models.TextField(blank=True, help_text="What it said. Empty if something was missing.")),
            ("now", models.TextField(help_text="What it should say.")),
            ("why", models.TextField(help_text="How the error happened, or what the correction is based on.")),
            (
                "severity",
                models.CharField(
                    choices=[
                        ("safety", "Safety: the error could have harmed someone"),
                        ("factual", "Factual: the text was wrong"),
                        ("minor", "Minor: a typo that changes nothing for readers"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "corrected",
                models.ForeignKey(on_delete=models.PROTECT, related_name="corrected_by", to="articles.edition"),
            ),
            (
                "edition",
                models.OneToOneField(on_delete=models.PROTECT, related_name="correction", to="articles.edition"),
            ),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("severity__in", ["safety", "factual", "minor"])),
                    name="correction_severity_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(models.Q(("now", ""), _negated=True), models.Q(("why", ""), _negated=True)),
                    name="correction_says_what_and_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReachChoice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("leaves_out", models.BooleanField()),
            ("reason", models.TextField(blank=True, help_text="Why its readers don’t need the correction.")),
            ("at", models.DateTimeField(default=timezone.now)),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "correction",
                models.ForeignKey(on_delete=models.PROTECT, related_name="reach_choices", to="articles.correction"),
            ),
            (
                "edition",
                models.ForeignKey(
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="articles.edition",
                    verbose_name="published version",
                ),
            ),
        ],
        options={
            "ordering": ["id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("leaves_out", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                    name="reach_left_out_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PossibleRepeat",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("place", models.TextField(help_text="In words.")),
            (
                "kind",
                models.CharField(
                    blank=True, help_text="What has a page on the desk: article, image, term …", max_length=20
                ),
            ),
            (
                "row",
                models.PositiveBigIntegerField(
                    blank=True, help_text="Its number; none for “more articles”.", null=True
                ),
            ),
            (
                "decision",
                models.CharField(
                    blank=True,
                    choices=[("corrected", "Corrected here"), ("other", "Not the same")],
                    max_length=10,
                ),
            ),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            (
                "correction",
                models.ForeignKey(on_delete=models.PROTECT, related_name="possible_repeats", to="articles.correction"),
            ),
            (
                "decided_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "possible repeat of an error",
            "verbose_name_plural": "possible repeats of errors",
            "ordering": ["decision", "-correction", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("correction", "place"), name="repeat_named_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                        models.Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            ("decision__in", ["corrected", "other"]),
                        ),
                        _connector="OR",
                    ),
                    name="repeat_decided_by_somebody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Drug",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(help_text="The generic name, in lower case.", max_length=80)),
            ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
            (
                "is_class",
                models.BooleanField(
                    default=False,
                    help_text="The card of a class, such as opioids, for articles that name no medicine of it.",
                    verbose_name="a class of medicines",
                ),
            ),
            (
                "brands",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Brand names and other names, one per line. A combination’s brand is on the card of each ingredient.",
                ),
            ),
            (
                "former_brands",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Readers still say them. One per line.",
                    verbose_name="brands no longer sold",
                ),
            ),
            (
                "drug_class",
                models.CharField(help_text="As in the label’s Highlights.", max_length=120, verbose_name="class"),
            ),
            (
                "class_synonyms",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Broader, narrower or lay terms, one per line.",
                    verbose_name="other names for its class",
                ),
            ),
            (
                "what_it_is",
                models.TextField(
                    blank=True,
                    help_text="What it is and what it is used for, in plain words and without doses.",
                    max_length=1200,
                ),
            ),
            (
                "boxed_warning",
                models.TextField(
                    blank=True, help_text="What the label’s boxed warning is about, in our words. Empty if it has none."
                ),
            ),
            (
                "hazards",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="What an article must tell, one hazard per line: in the label’s sense, then “|” and the phrases that tell it, with semicolons. “slow*” is the beginning of a word, “…” up to five words between. If it is about one use only, add “|” and words for that use.",
                ),
            ),
            ("route", models.CharField(blank=True, help_text="How it is given.", max_length=200)),
            (
                "how_it_is_given",
                models.TextField(
                    blank=True,
                    help_text="The same in plain words, for its page, without doses.",
                    max_length=1200,
                ),
            ),
            (
                "routes",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="One line for each source: “approved”, “forbidden” or “not approved” (in use without approval), then “|” and the routes, with semicolons, then “|” and the source. If it is true of some brands only, add “|” and the brands.",
                ),
            ),
            (
                "source",
                models.CharField(help_text="The label and its sections, with the page’s address.", max_length=300),
            ),
            ("checked_on", models.DateField(blank=True, null=True)),
            (
                "is_demonstration",
                models.BooleanField(
                    default=False,
                    editable=False,
                    help_text="Shown to readers unchecked, and marked so: only in the demonstration.",
                ),
            ),
            ("changed_at", models.DateTimeField(default=timezone.now, editable=False)),
            (
                "label",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    help_text="The newest version of the label that the card is held against.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="held_against",
                    to="articles.label",
                ),
            ),
            (
                "checked_label",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    help_text="The version that somebody checked it against.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="articles.label",
                ),
            ),
            (
                "checked_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Who checked the label.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="articles.contributor",
                ),
            ),
        ],
        options={
            "verbose_name": "medicine",
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(
                    Lower("name"),
                    name="drug_named_once",
                    violation_error_message="A medicine with this name already exists.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("name", ""), _negated=True),
                        models.Q(("drug_class", ""), _negated=True),
                        models.Q(("source", ""), _negated=True),
                    ),
                    name="drug_card_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(("checked_by__isnull", True), ("checked_on__isnull", False), _connector="OR"),
                    name="drug_checked_on_a_day",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Drawing",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "title",
                models.CharField(help_text="What it explains: “How an intrathecal pump works”.", max_length=120),
            ),
            (
                "svg",
                models.TextField(
                    help_text="SVG with a viewBox, at most 40 KB; up to three parts, one after another.",
                    verbose_name="drawing",
                ),
            ),
            (
                "words",
                models.TextField(
                    help_text="Everything that the drawing shows, for people who can’t see it: what lies where, and what happens.",
                    verbose_name="the drawing in words",
                ),
            ),
            ("creator", models.CharField(max_length=200)),
            ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the work")),
            ("license", models.CharField(max_length=40)),
            ("checked_on", models.DateField(blank=True, null=True)),
            (
                "checker",
                models.CharField(blank=True, editable=False, help_text="Their name as of that day.", max_length=200),
            ),
            ("added_at", models.DateTimeField(auto_now_add=True)),
            (
                "checked_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Who checked that it is right.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="articles.contributor",
                ),
            ),
            (
                "replaces",
                models.OneToOneField(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.PROTECT,
                    to="articles.drawing",
                ),
            ),
        ],
        options={
            "verbose_name": "labeled drawing",
            "ordering": ["title", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("title", ""), _negated=True),
                        models.Q(("svg", ""), _negated=True),
                        models.Q(("words", ""), _negated=True),
                        models.Q(("creator", ""), _negated=True),
                        models.Q(("license", ""), _negated=True),
                    ),
                    name="drawing_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("checked_by__isnull", True), ("checked_on__isnull", True), ("checker", "")),
                        models.Q(
                            ("checked_by__isnull", False),
                            ("checked_on__isnull", False),
                            models.Q(("checker", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="drawing_checked_by_somebody_on_a_day",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Procedure",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(help_text="In lower case and in the singular: “nerve block”.", max_length=80)),
            (
                "other_names",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Other names and abbreviations, one per line. Abbreviations in capitals.",
                ),
            ),
            (
                "is_surgery",
                models.CharField(
                    choices=[
                        ("implanted", "Implanted in surgery"),
                        ("surgery", "Surgery"),
                        ("injection", "Injection or needle"),
                        ("none", "Neither surgery nor injection"),
                    ],
                    default="none",
                    max_length=9,
                    verbose_name="is it surgery?",
                ),
            ),
            (
                "parts",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="One part per line: its names with semicolons, then “|” and where it lies, then “|” and the places where it does not lie, with semicolons, as “spinal cord” or “in the spinal cord”.",
                    verbose_name="what lies where",
                ),
            ),
            (
                "hazards",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="What an article about it must tell, one risk per line: the risk, then “|” and the phrases that tell it, with semicolons. “slow*” is the beginning of a word, “…” up to five words between.",
                    verbose_name="risks",
                ),
            ),
            (
                "signs",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Signs with which a reader should get help, written like the risks. A sign counts where the text says to get help.",
                    verbose_name="signs for help",
                ),
            ),
            (
                "accurate",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Claims that need no evidence here, one per line, by the name that the question gives: “reversible”.",
                    verbose_name="claims that are true of it",
                ),
            ),
            (
                "source",
                models.CharField(help_text="A label, guideline or review, with its DOI or page.", max_length=300),
            ),
            ("checked_on", models.DateField(blank=True, null=True)),
            (
                "checked_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Who checked the source.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="articles.contributor",
                ),
            ),
        ],
        options={
            "verbose_name": "procedure or device",
            "verbose_name_plural": "procedures and devices",
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(
                    Lower("name"),
                    name="procedure_named_once",
                    violation_error_message="A procedure with this name already exists.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("name", ""), _negated=True),
                        models.Q(("source", ""), _negated=True),
                        ("is_surgery__in", ["implanted", "surgery", "injection", "none"]),
                    ),
                    name="procedure_card_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(("checked_by__isnull", True), ("checked_on__isnull", False), _connector="OR"),
                    name="procedure_checked_on_a_day",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Label",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "set_id",
                models.CharField(
                    help_text="By which all versions of one label are known.", max_length=36, verbose_name="set id"
                ),
            ),
            ("version", models.PositiveIntegerField()),
            (
                "kind",
                models.CharField(
                    choices=[("prescription", "prescription"), ("over the counter", "over the counter")],
                    max_length=16,
                ),
            ),
            ("effective_on", models.DateField(verbose_name="effective")),
            ("document_id", models.CharField(blank=True, max_length=100)),
            ("title", models.TextField(blank=True)),
            (
                "drug",
                models.ForeignKey(
                    on_delete=models.CASCADE, related_name="labels", to="articles.drug", verbose_name="medicine"
                ),
            ),
            ("products", models.JSONField(default=list)),
            ("generics", models.JSONField(default=list, verbose_name="generic names")),
            ("moieties", models.JSONField(default=list, verbose_name="active ingredients")),
            ("routes", models.JSONField(default=list)),
            ("boxed_warning", models.TextField(blank=True)),
            ("indications", models.TextField(blank=True)),
            ("sections", models.JSONField(default=dict, help_text="A digest of each section’s words.")),
            ("differences", models.JSONField(default=list, help_text="Where the card differs, each in a sentence.")),
            ("imported_at", models.DateTimeField(default=timezone.now)),
        ],
        options={
            "ordering": ["-effective_on", "-id"],
            "constraints": [
                models.UniqueConstraint(fields=["set_id", "version"], name="label_version_once"),
                models.CheckConstraint(
                    condition=models.Q(models.Q(("set_id", ""), _negated=True), ("version__gt", 0)),
                    name="label_known_by_its_version",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReviewAnswer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(help_text="SHA-256 of the question.", max_length=64)),
            ("finding", models.CharField(help_text="The id of the check that asked.", max_length=60)),
            (
                "subject",
                models.TextField(help_text="The medicine, procedure or source that the question is about."),
            ),
            ("sentence", models.TextField()),
            ("why", models.TextField(verbose_name="why it was asked")),
            (
                "answer",
                models.CharField(choices=[("correct", "Correct as written"), ("wrong", "Wrong")], max_length=7),
            ),
            ("note", models.TextField(blank=True, help_text="What is wrong.")),
            (
                "review",
                models.ForeignKey(on_delete=models.PROTECT, related_name="answers", to="articles.review"),
            ),
        ],
        options={
            "verbose_name": "answer",
            "ordering": ["id"],
            "indexes": [models.Index(fields=["digest"], name="reviewanswer_to_a_question")],
            "constraints": [
                models.UniqueConstraint(fields=("review", "digest"), name="reviewanswer_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("answer", "correct"),
                        models.Q(("answer", "wrong"), models.Q(("note", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="reviewanswer_wrong_says_what",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Override",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
            ("finding", models.CharField(help_text="The check’s id.", max_length=60)),
            ("message", models.TextField(help_text="The exact message.")),
            ("reason", models.TextField()),
            ("asked_at", models.DateTimeField(default=timezone.now)),
            ("agreed_at", models.DateTimeField(blank=True, null=True)),
            (
                "agreed_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("article", models.ForeignKey(on_delete=models.PROTECT, related_name="overrides", to="articles.article")),
            ("asked_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "ordering": ["-asked_at", "-id"],
            "constraints": [
                models.UniqueConstraint(fields=("article", "digest", "finding", "message"), name="override_asked_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                        models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="override_agreed_at_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("agreed_by__isnull", True),
                        models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="override_takes_two",
                ),
                models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="override_says_why"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Invitation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "email",
                models.EmailField(
                    help_text="The link goes here. Use an address that only they read.",
                    max_length=254,
                    verbose_name="email address",
                ),
            ),
            ("first_name", models.CharField(max_length=150, verbose_name="first name")),
            ("last_name", models.CharField(max_length=150, verbose_name="last name")),
            ("role", models.CharField(max_length=150)),
            (
                "sent_at",
                models.DateTimeField(
                    default=timezone.now, help_text="A link sent earlier doesn’t work.", verbose_name="sent"
                ),
            ),
            ("invited_by", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "ordering": ["-sent_at", "-id"],
            "constraints": [
                models.UniqueConstraint(
                    Lower("email"),
                    name="invitation_once_for_an_address",
                    violation_error_message="This address has an open invitation. Send that one again, or withdraw it.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="SafeguardChange",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("field", models.CharField(max_length=30)),
            ("was", models.TextField(blank=True, verbose_name="from")),
            ("becomes", models.TextField(blank=True, verbose_name="to")),
            ("asked_at", models.DateTimeField(default=timezone.now)),
            ("takes_effect_at", models.DateTimeField()),
            ("confirmed_at", models.DateTimeField(null=True)),
            ("stopped_at", models.DateTimeField(null=True)),
            ("applied_at", models.DateTimeField(null=True, verbose_name="took effect")),
            ("asked_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "confirmed_by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "contributor",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="safeguard_changes", to="articles.contributor"
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="safeguard_changes", to="articles.section"
                ),
            ),
            (
                "stopped_by",
                models.ForeignKey(
                    help_text="Empty if it was stopped by the link in the email.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "safeguard change",
            "ordering": ["-asked_at", "-id"],
            "permissions": [("ask_safeguardchange", "Can change who reviews and what sections require")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("contributor__isnull", False),
                            (
                                "field__in",
                                (
                                    "email",
                                    "user",
                                    "name",
                                    "credentials",
                                    "is_medical_reviewer",
                                    "address",
                                    "password",
                                    "second_step",
                                ),
                            ),
                            ("section__isnull", True),
                        ),
                        models.Q(
                            ("contributor__isnull", True),
                            (
                                "field__in",
                                ("requires_review", "requires_references", "requires_risks", "review_months"),
                            ),
                            ("section__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="safeguard_change_of_one_thing",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                        models.Q(
                            ("confirmed_at__isnull", False),
                            ("confirmed_by__isnull", False),
                            models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="safeguard_change_takes_two",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("applied_at__isnull", True),
                        models.Q(("confirmed_at__isnull", False), ("stopped_at__isnull", True)),
                        models.Q(("applied_at__gte", models.F("takes_effect_at")), ("stopped_at__isnull", True)),
                        _connector="OR",
                    ),
                    name="safeguard_change_in_force_by_right",
                ),
                models.CheckConstraint(
                    condition=models.Q(("stopped_by__isnull", True), ("stopped_at__isnull", False), _connector="OR"),
                    name="safeguard_change_stop_dated",
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("applied_at__isnull", True), ("contributor__isnull", False), ("stopped_at__isnull", True)
                    ),
                    fields=("contributor", "field"),
                    name="safeguard_change_one_open_contributor",
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("applied_at__isnull", True), ("section__isnull", False), ("stopped_at__isnull", True)
                    ),
                    fields=("section", "field"),
                    name="safeguard_change_one_open_section",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SettledAccount",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("password", models.CharField(help_text="As Django keeps it: its hash.", max_length=128)),
            (
                "second_step",
                models.CharField(blank=True, help_text="The key of the authenticator app, or nothing.", max_length=80),
            ),
            (
                "contributor",
                models.OneToOneField(
                    on_delete=models.CASCADE, related_name="settled_account", to="articles.contributor"
                ),
            ),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="LinkHealth",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("url", models.URLField(max_length=2000, unique=True, verbose_name="address")),
            ("checked_on", models.DateField()),
            ("failing_since", models.DateField(blank=True, null=True)),
            ("failed_on", models.DateField(blank=True, help_text="The last day it failed.", null=True)),
            ("said", models.CharField(blank=True, help_text="Its last reply.", max_length=200)),
        ],
        options={"verbose_name": "link", "ordering": ["url"]},
    ),
    migrations.CreateModel(
        name="Issue",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField(editable=False, unique=True)),
            (
                "kind",
                models.CharField(
                    choices=[("weekly", "Weekly newsletter"), ("correction", "Correction")],
                    default="weekly",
                    editable=False,
                    max_length=10,
                ),
            ),
            (
                "week",
                models.CharField(
                    blank=True,
                    editable=False,
                    help_text="ISO 8601 week, as “2026-W48”; empty for a correction.",
                    max_length=8,
                ),
            ),
            ("subject", models.CharField(max_length=150)),
            ("introduction", models.TextField(blank=True, help_text="A few sentences above the first article.")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("approved", "Approved"),
                        ("sending", "Sending"),
                        ("held", "On hold"),
                        ("sent", "Finished"),
                        ("skipped", "Skipped"),
                    ],
                    default="draft",
                    editable=False,
                    max_length=10,
                ),
            ),
            ("built_at", models.DateTimeField(default=timezone.now, editable=False)),
            ("since", models.DateTimeField(editable=False, help_text="Articles published after this time …")),
            ("until", models.DateTimeField(editable=False, help_text="… and up to this time were considered.")),
            ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "send_at",
                models.DateTimeField(
                    blank=True,
                    editable=False,
                    help_text="No message leaves before this time. Empty for at once.",
                    null=True,
                ),
            ),
            ("started_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("reason", models.TextField(blank=True, editable=False, help_text="Why it is on hold or was skipped.")),
            ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "approved_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    help_text="Empty if it was sent automatically.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "correction",
                models.OneToOneField(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="issue",
                    to="articles.correction",
                ),
            ),
            (
                "continues",
                models.OneToOneField(
                    blank=True,
                    editable=False,
                    help_text="The issue that was stopped. Its remaining subscribers get this one.",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="continued_by",
                    to="articles.issue",
                ),
            ),
            (
                "editions",
                models.ManyToManyField(related_name="issues", through="articles.IssueItem", to="articles.edition"),
            ),
        ],
        options={
            "verbose_name": "newsletter issue",
            "ordering": ["-number"],
            "permissions": [("approve_issue", "Can approve, hold and send an issue")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("correction__isnull", True), ("kind", "weekly"), models.Q(("week", ""), _negated=True)
                        ),
                        models.Q(("correction__isnull", False), ("kind", "correction"), ("week", "")),
                        _connector="OR",
                    ),
                    name="issue_of_a_week_or_a_correction",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("approved_at__isnull", True), ("state__in", ["draft", "skipped"])),
                        models.Q(
                            ("approved_at__isnull", False), ("state__in", ["approved", "sending", "held", "sent"])
                        ),
                        _connector="OR",
                    ),
                    name="issue_approved_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("sent_at__isnull", False), ("state", "sent")),
                        models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                        _connector="OR",
                    ),
                    name="issue_sent_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("held_at__isnull", False), ("state", "held"), models.Q(("reason", ""), _negated=True)
                        ),
                        models.Q(
                            ("held_at__isnull", True), ("state", "skipped"), models.Q(("reason", ""), _negated=True)
                        ),
                        models.Q(
                            models.Q(("state__in", ["held", "skipped"]), _negated=True), ("held_at__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    name="issue_held_says_why",
                ),
                models.UniqueConstraint(
                    condition=models.Q(models.Q(("week", ""), _negated=True), ("continues", None)),
                    fields=("week",),
                    name="issue_once_a_week",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="IssueItem",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=models.PROTECT,
                    related_name="issue_items",
                    to="articles.edition",
                    verbose_name="published version",
                ),
            ),
            ("issue", models.ForeignKey(on_delete=models.CASCADE, related_name="items", to="articles.issue")),
        ],
        options={
            "ordering": ["position", "id"],
            "constraints": [models.UniqueConstraint(fields=("issue", "edition"), name="issue_names_edition_once")],
        },
    ),
    migrations.CreateModel(
        name="UnsavedIssue",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("subject", models.TextField(blank=True)),
            ("introduction", models.TextField(blank=True)),
            ("at", models.DateTimeField(default=timezone.now)),
            ("issue", models.ForeignKey(on_delete=models.CASCADE, related_name="unsaved", to="articles.issue")),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("issue", "user"), name="unsaved_issue_once_for_each_user")],
        },
    ),
    migrations.CreateModel(
        name="TextChange",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("term", "Glossary term"),
                        ("topic", "Topic"),
                        ("section", "Section"),
                        ("contributor", "Contributor"),
                        ("drug", "Medicine"),
                    ],
                    max_length=11,
                ),
            ),
            ("key", models.CharField(max_length=140, verbose_name="address or name")),
            ("texts_before", models.JSONField(default=dict, verbose_name="said")),
            ("texts_after", models.JSONField(default=dict, verbose_name="says")),
            ("at", models.DateTimeField(default=timezone.now)),
            (
                "by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "verbose_name": "change of a public text",
            "verbose_name_plural": "changes of public texts",
            "ordering": ["-id"],
            "indexes": [models.Index(fields=["kind", "key"], name="textchange_of_a_text")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(kind__in=["term", "topic", "section", "contributor", "drug"]),
                    name="textchange_kind_known",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Suppression",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "digest",
                models.CharField(help_text="HMAC-SHA-256 of the normalized address.", max_length=64, unique=True),
            ),
            (
                "reason",
                models.CharField(
                    choices=[
                        ("erased", "Erased at the owner’s request"),
                        ("bounced", "Mail to it bounces"),
                        ("complained", "Marked as spam by the owner"),
                        ("not_me", "The owner never signed up"),
                    ],
                    max_length=12,
                ),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
            (
                "swept_at",
                models.DateTimeField(
                    blank=True,
                    help_text="When the space of an erased address was overwritten.",
                    null=True,
                ),
            ),
        ],
        options={
            "verbose_name": "suppressed address",
            "verbose_name_plural": "suppressed addresses",
            "ordering": ["-at", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("reason__in", ["erased", "bounced", "complained", "not_me"])),
                    name="suppression_reason_known",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Delivery",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("queued", "Queued"),
                        ("claimed", "Sending"),
                        ("handed_over", "Delivered to the mail server"),
                        ("refused", "Refused by the mail server"),
                        ("uncertain", "Unknown"),
                        ("withheld", "Not sent"),
                    ],
                    default="queued",
                    max_length=12,
                ),
            ),
            (
                "message_id",
                models.CharField(help_text="Message-ID. The same for every attempt.", max_length=200, unique=True),
            ),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("next_at", models.DateTimeField(default=timezone.now, help_text="No attempt before this time.")),
            ("first_tried_at", models.DateTimeField(blank=True, null=True)),
            ("claimed_by", models.CharField(blank=True, help_text="The worker that is sending it.", max_length=80)),
            ("lease_until", models.DateTimeField(blank=True, null=True)),
            (
                "was_uncertain",
                models.BooleanField(default=False, help_text="A worker stopped while sending it. See the report."),
            ),
            ("answer", models.TextField(blank=True, help_text="The mail server’s last reply.")),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            (
                "subscription",
                models.ForeignKey(
                    blank=True,
                    help_text="Empty once the subscriber had their address erased.",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="deliveries",
                    to="articles.subscription",
                ),
            ),
            ("issue", models.ForeignKey(on_delete=models.PROTECT, related_name="deliveries", to="articles.issue")),
            (
                "sections",
                models.CharField(
                    blank=True,
                    help_text="Slugs of the sections in this copy, as “,conditions,news,”. Empty for all.",
                    max_length=500,
                ),
            ),
            ("tried_at", models.DateTimeField(blank=True, help_text="When the last attempt ended.", null=True)),
        ],
        options={
            "verbose_name_plural": "deliveries",
            "ordering": ["id"],
            "indexes": [
                models.Index(fields=["issue", "state", "next_at", "id"], name="delivery_queue"),
                models.Index(fields=["tried_at"], name="delivery_tried"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("issue", "subscription"), name="delivery_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["queued", "claimed", "handed_over", "refused", "uncertain", "withheld"])
                    ),
                    name="delivery_state_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("lease_until__isnull", False), ("state", "claimed")),
                        models.Q(("state", "claimed"), _negated=True),
                        _connector="OR",
                    ),
                    name="delivery_claimed_has_lease",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("settled_at__isnull", False), ("state__in", ["handed_over", "refused", "withheld"])),
                        models.Q(
                            models.Q(("state__in", ["handed_over", "refused", "withheld"]), _negated=True),
                            ("settled_at__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="delivery_settled_has_its_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CreditEvidence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("page", models.URLField(blank=True, max_length=500, verbose_name="page seen")),
            ("seen_at", models.DateTimeField(default=timezone.now, verbose_name="seen")),
            (
                "file_digest",
                models.CharField(
                    blank=True, editable=False, help_text="SHA-256 of the picture’s file at that time.", max_length=64
                ),
            ),
            ("note", models.CharField(blank=True, help_text="What the page or the document says.", max_length=300)),
            (
                "document",
                models.FileField(
                    blank=True,
                    help_text="Never shown to readers.",
                    max_length=120,
                    upload_to="",
                    verbose_name="saved page or document",
                ),
            ),
            ("document_name", models.CharField(blank=True, editable=False, max_length=200)),
            ("document_digest", models.CharField(blank=True, editable=False, help_text="SHA-256.", max_length=64)),
            (
                "by",
                models.ForeignKey(
                    editable=False, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("credit", models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="articles.imagecredit")),
        ],
        options={
            "verbose_name": "evidence",
            "verbose_name_plural": "evidence",
            "ordering": ["seen_at", "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("page", ""), _negated=True),
                        models.Q(("document", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="evidence_shows_something",
                    violation_error_message="Evidence must be a page or a document.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("document", ""), ("document_digest", "")),
                        models.Q(
                            models.Q(("document", ""), _negated=True), models.Q(("document_digest", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="evidence_document_with_digest",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EditionPicture",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("place", models.CharField(choices=[("lead", "Lead"), ("text", "In the text")], max_length=4)),
            ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="pictures", to="articles.edition")),
            ("image", models.ForeignKey(on_delete=models.PROTECT, related_name="printed", to="articles.image")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("edition", "image", "place"), name="edition_picture_once_in_a_place")
            ]
        },
    ),
    migrations.CreateModel(
        name="ImageEvent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[("replaced", "Replaced"), ("withdrawn", "Taken down"), ("restored", "Restored")],
                    max_length=9,
                ),
            ),
            (
                "reason",
                models.TextField(blank=True, help_text="For example, who claimed what. Readers don’t see this."),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("image", models.ForeignKey(on_delete=models.PROTECT, related_name="events", to="articles.image")),
            (
                "replacement",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.image"
                ),
            ),
        ],
        options={
            "verbose_name": "picture event",
            "ordering": ["-at", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "replaced"), ("replacement__isnull", False)),
                        models.Q(models.Q(("kind", "replaced"), _negated=True), ("replacement", None)),
                        _connector="OR",
                    ),
                    name="image_event_names_replacement",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "withdrawn"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="image_withdrawn_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("replacement", models.F("image")), _negated=True),
                    name="image_event_of_two_pictures",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="BounceEvent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("hard", "Hard bounce: the address doesn’t accept mail"),
                        ("soft", "Soft bounce: not at the moment"),
                        ("ours", "Refused for a reason on our side"),
                        ("complaint", "Marked as spam"),
                    ],
                    max_length=10,
                ),
            ),
            ("status", models.CharField(blank=True, help_text="RFC 3463 code, for example 5.1.1.", max_length=12)),
            ("said", models.CharField(blank=True, max_length=500)),
            (
                "is_pending",
                models.BooleanField(
                    default=False,
                    help_text="The subscription ends because of it once its issue has gone out, or someone says so.",
                ),
            ),
            (
                "digest",
                models.CharField(help_text="Of the report, so that it counts only once.", max_length=64, unique=True),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
            (
                "delivery",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="bounce_events",
                    to="articles.delivery",
                ),
            ),
            (
                "subscription",
                models.ForeignKey(on_delete=models.CASCADE, related_name="bounce_events", to="articles.subscription"),
            ),
        ],
        options={
            "ordering": ["-at", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("kind__in", ["hard", "soft", "ours", "complaint"])),
                    name="bounce_event_kind_known",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="InboxCount",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(help_text="HMAC-SHA-256 of the inbox.", max_length=64)),
            (
                "kind",
                models.CharField(
                    choices=[("question", "A question to confirm, or its answer"), ("key", "A link to one’s own data")],
                    max_length=10,
                ),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
        ],
        options={
            "indexes": [
                models.Index(fields=["digest", "kind", "at"], name="inbox_count"),
                models.Index(fields=["kind", "at"], name="inbox_count_at"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("kind__in", ["question", "key"])), name="inbox_count_kind_known"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="NetworkCount",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "digest",
                models.CharField(help_text="HMAC-SHA-256 of the day and the network.", max_length=64, unique=True),
            ),
            ("on", models.DateField()),
            ("requests", models.PositiveIntegerField(default=0)),
        ],
    ),
    migrations.CreateModel(
        name="OutgoingMail",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("kind", models.CharField(max_length=30)),
            ("to", models.EmailField(max_length=254)),
            (
                "digest",
                models.CharField(help_text="HMAC-SHA-256 of kind, key and address.", max_length=64, unique=True),
            ),
            (
                "context",
                models.JSONField(default=dict, help_text="What its wording needs: ids and short words, no address."),
            ),
            ("queued_at", models.DateTimeField(default=timezone.now)),
            ("next_at", models.DateTimeField(default=timezone.now, help_text="When it is sent, or tried again.")),
            ("began_at", models.DateTimeField(blank=True, help_text="When it was first tried.", null=True)),
            (
                "doubts",
                models.PositiveSmallIntegerField(default=0, help_text="Attempts of which nobody knows how they ended."),
            ),
            (
                "subscription",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="mails", to="articles.subscription"
                ),
            ),
        ],
        options={
            "verbose_name": "outgoing mail",
            "verbose_name_plural": "outgoing mail",
            "ordering": ["id"],
            "indexes": [models.Index(fields=["next_at"], name="outgoing_mail_due")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("began_at__isnull", False), ("doubts", 0), _connector="OR"),
                    name="outgoing_mail_doubted_once_it_was_begun",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Alarm",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.CharField(help_text="What it is about, as “held:12”.", max_length=80, unique=True)),
            ("sentence", models.TextField()),
            ("raised_at", models.DateTimeField(default=timezone.now)),
            (
                "told_at",
                models.DateTimeField(
                    blank=True, help_text="When the newsletter editors were emailed about it.", null=True
                ),
            ),
            ("over_at", models.DateTimeField(blank=True, null=True)),
            (
                "issue",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="alarms", to="articles.issue"
                ),
            ),
        ],
        options={"ordering": ["-raised_at", "-id"]},
    ),
    migrations.CreateModel(
        name="Restore",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("backup_at", models.DateTimeField(help_text="The moment of the backup.")),
            ("restored_at", models.DateTimeField()),
            (
                "events",
                models.JSONField(default=list, help_text="Sentences: what the journal says happened since the backup."),
            ),
            (
                "answer",
                models.CharField(
                    blank=True,
                    choices=[
                        ("go_on", "Nothing else was sent since the backup: go on"),
                        ("hold", "Keep everything on hold"),
                    ],
                    max_length=8,
                ),
            ),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            (
                "answered_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "restored backup",
            "ordering": ["-restored_at", "-id"],
            "permissions": [("answer_restore", "Can say that mail may leave again after a restore")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answer", ""), ("answered_at", None)),
                        models.Q(("answer__in", ["go_on", "hold"]), ("answered_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="restore_answered_with_time",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Pace",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("next_at", models.DateTimeField()),
        ],
        options={"constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="pace_is_one")]},
    ),
    migrations.CreateModel(
        name="PublicState",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.BigIntegerField()),
        ],
    ),
    migrations.CreateModel(
        name="EditionTopic",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="filed_under", to="articles.edition")),
            ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="articles.topic")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("edition", "topic"), name="edition_filed_once_under_topic")]
        },
    ),
    migrations.CreateModel(
        name="Term",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(help_text="As used in a sentence: “allodynia”, “CGRP”.", max_length=80)),
            ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
            (
                "synonyms",
                models.JSONField(
                    blank=True,
                    default=list,
                    help_text="Other forms, abbreviations and lay terms, one per line.",
                    verbose_name="other names",
                ),
            ),
            ("definition", models.TextField(help_text="In our own plain words, a sentence or two.", max_length=600)),
            (
                "source",
                models.CharField(blank=True, help_text="What the definition is based on, if anything.", max_length=200),
            ),
            ("source_url", models.URLField(blank=True, max_length=500, verbose_name="its page")),
        ],
        options={
            "verbose_name": "glossary term",
            "ordering": [Lower("name")],
            "constraints": [
                models.UniqueConstraint(
                    Lower("name"),
                    name="term_named_once",
                    violation_error_message="This term is already in the glossary.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("name", ""), _negated=True), models.Q(("definition", ""), _negated=True)
                    ),
                    name="term_says_something",
                    violation_error_message="A term needs a name and a definition.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AnswerTally",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("question", models.CharField(max_length=200)),
            ("yes", models.PositiveIntegerField(default=0)),
            ("no", models.PositiveIntegerField(default=0)),
            ("unsure", models.PositiveIntegerField(default=0)),
            ("article", models.ForeignKey(on_delete=models.PROTECT, related_name="tallies", to="articles.article")),
        ],
        options={
            "verbose_name_plural": "answer tallies",
            "constraints": [models.UniqueConstraint(fields=("article", "question"), name="tally_of_a_question_once")],
        },
    ),
    migrations.CreateModel(
        name="RetractionNotice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("record_id", models.PositiveIntegerField(help_text="Its number in the file.", unique=True)),
            (
                "nature",
                models.CharField(
                    choices=[
                        ("retracted", "Retraction"),
                        ("doubted", "Expression of concern"),
                        ("corrected", "Correction"),
                        ("reinstated", "Reinstatement"),
                    ],
                    max_length=10,
                ),
            ),
            ("title", models.TextField(blank=True)),
            ("journal", models.CharField(blank=True, max_length=300)),
            ("noticed_on", models.DateField(blank=True, null=True)),
            ("doi", models.CharField(blank=True, db_index=True, max_length=300, verbose_name="DOI of the paper")),
            ("pmid", models.CharField(blank=True, db_index=True, max_length=10, verbose_name="PubMed ID of the paper")),
            (
                "notice_doi",
                models.CharField(blank=True, db_index=True, max_length=300, verbose_name="DOI of the notice"),
            ),
            (
                "notice_pmid",
                models.CharField(blank=True, db_index=True, max_length=10, verbose_name="PubMed ID of the notice"),
            ),
            ("reasons", models.JSONField(blank=True, default=list)),
        ],
        options={
            "verbose_name": "retraction notice",
            "ordering": ["-noticed_on", "-record_id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("nature__in", ["retracted", "doubted", "corrected", "reinstated"])),
                    name="retraction_nature_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("doi", ""), _negated=True), models.Q(("pmid", ""), _negated=True), _connector="OR"
                    ),
                    name="retraction_of_a_known_paper",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Acknowledgement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.TextField()),
            ("at", models.DateTimeField(default=timezone.now)),
            (
                "article",
                models.ForeignKey(on_delete=models.CASCADE, related_name="acknowledgements", to="articles.article"),
            ),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "notice",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="acknowledgements", to="articles.retractionnotice"
                ),
            ),
        ],
        options={
            "ordering": ["-at", "-id"],
            "constraints": [
                models.UniqueConstraint(fields=("article", "notice"), name="acknowledged_once_per_article"),
                models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True), name="acknowledgement_says_why"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SourceNote",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("citation", models.TextField(help_text="As the articles cite it.", verbose_name="source")),
            ("doi", models.CharField(blank=True, db_index=True, max_length=200, verbose_name="DOI")),
            ("pmid", models.CharField(blank=True, db_index=True, max_length=100, verbose_name="PubMed ID")),
            (
                "successor",
                models.TextField(
                    blank=True,
                    help_text="Its citation, if the source is superseded.",
                    verbose_name="later version",
                ),
            ),
            (
                "successor_doi",
                models.CharField(blank=True, max_length=200, verbose_name="DOI of the later version"),
            ),
            (
                "successor_pmid",
                models.CharField(blank=True, max_length=100, verbose_name="PubMed ID of the later version"),
            ),
            (
                "successor_url",
                models.URLField(blank=True, max_length=500, verbose_name="page of the later version"),
            ),
            (
                "classic",
                models.TextField(
                    blank=True,
                    help_text="With a reason here, reviewers are not asked about the age of this source.",
                    verbose_name="still the best source, because",
                ),
            ),
            ("at", models.DateTimeField(default=timezone.now)),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "verbose_name": "note on a source",
            "verbose_name_plural": "notes on sources",
            "ordering": ["-at", "-id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("doi", ""), _negated=True),
                    fields=("doi",),
                    name="source_noted_once",
                    violation_error_message="There is a note on a source with this DOI. Change that one.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("successor", ""), _negated=True),
                        models.Q(("classic", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="source_note_says_something",
                    violation_error_message="Enter the later version, or why this is still the best source.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("successor", ""),
                        models.Q(("successor_doi", ""), _negated=True),
                        models.Q(("successor_pmid", ""), _negated=True),
                        models.Q(("successor_url", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="source_successor_can_be_found",
                    violation_error_message="Add the later version’s DOI, PubMed ID or page, so that reviewers find "
                    "it.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SentenceReport",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "passage",
                models.PositiveIntegerField(default=0, help_text="Its number in the text. 0 is the whole article."),
            ),
            ("quoted", models.TextField(help_text="The words the report is about, as published.")),
            ("wrong", models.TextField(verbose_name="what is wrong")),
            (
                "reader_severity",
                models.CharField(
                    choices=[
                        ("harm", "It could harm someone"),
                        ("wrong", "It is wrong"),
                        ("unclear", "It is hard to understand"),
                        ("typo", "It has a typo"),
                    ],
                    max_length=10,
                    verbose_name="the reader’s assessment",
                ),
            ),
            (
                "severity",
                models.CharField(
                    choices=[
                        ("harm", "It could harm someone"),
                        ("wrong", "It is wrong"),
                        ("unclear", "It is hard to understand"),
                        ("typo", "It has a typo"),
                    ],
                    help_text="How severe it is.",
                    max_length=10,
                    verbose_name="our assessment",
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="email for the answer")),
            ("received_at", models.DateTimeField(default=timezone.now)),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("corrected", "It was corrected"),
                        ("unchanged", "It stays as it is"),
                        ("unusable", "Not a report: advertising or abuse"),
                    ],
                    max_length=10,
                ),
            ),
            ("answer", models.TextField(blank=True)),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            (
                "mailed_at",
                models.DateTimeField(blank=True, help_text="When the reader was mailed the answer.", null=True),
            ),
            (
                "answered_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="reports", to="articles.edition")),
            (
                "fixed_in",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.edition"
                ),
            ),
        ],
        options={
            "verbose_name": "reader report",
            "verbose_name_plural": "reader reports",
            "ordering": ["-received_at", "-id"],
            "permissions": [("answer_sentencereport", "Can answer reader reports")],
            "indexes": [models.Index(fields=["answered_at", "severity"], name="report_open")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("severity__in", ["harm", "wrong", "unclear", "typo"]),
                        ("reader_severity__in", ["harm", "wrong", "unclear", "typo"]),
                    ),
                    name="report_severity_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("wrong", ""), _negated=True), name="report_says_what_is_wrong"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("outcome", "")),
                        models.Q(
                            ("answered_at__isnull", False),
                            ("answered_by__isnull", False),
                            ("outcome__in", ["corrected", "unchanged"]),
                            models.Q(("answer", ""), _negated=True),
                        ),
                        models.Q(
                            ("answered_at__isnull", False), ("answered_by__isnull", False), ("outcome", "unusable")
                        ),
                        _connector="OR",
                    ),
                    name="report_open_or_answered",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("fixed_in__isnull", False), ("outcome", "corrected")),
                        models.Q(models.Q(("outcome", "corrected"), _negated=True), ("fixed_in__isnull", True)),
                        _connector="OR",
                    ),
                    name="report_corrected_in_an_edition",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Trace",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("network", models.CharField(max_length=64)),
            ("at", models.DateTimeField(default=timezone.now)),
        ],
        options={"indexes": [models.Index(fields=["network", "at"], name="trace_of_a_network")]},
    ),
    migrations.CreateModel(
        name="TraceKey",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("day", models.DateField(unique=True)),
            ("key", models.CharField(max_length=64)),
        ],
    ),
    migrations.CreateModel(
        name="SearchWord",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("word", models.CharField(max_length=60, unique=True)),
            ("length", models.PositiveSmallIntegerField(db_index=True)),
        ],
    ),
    migrations.CreateModel(
        name="SearchMiss",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("question", models.CharField(help_text="Its words, in small letters.", max_length=60)),
            ("on", models.DateField()),
            ("count", models.PositiveIntegerField(default=1)),
        ],
        options={
            "verbose_name_plural": "search misses",
            "constraints": [
                models.UniqueConstraint(fields=("on", "question"), name="search_miss_once_a_day"),
            ],
        },
    ),
    migrations.CreateModel(
        name="SearchEntry",
        fields=[
            (
                "edition",
                models.OneToOneField(
                    on_delete=models.CASCADE,
                    primary_key=True,
                    related_name="search_entry",
                    serialize=False,
                    to="articles.edition",
                ),
            ),
            ("article_id", models.BigIntegerField(db_index=True)),
            ("live_from", models.DateTimeField(db_index=True)),
            ("live_until", models.DateTimeField(db_index=True, null=True)),
            ("first_live_from", models.DateTimeField()),
            ("topics", models.CharField(help_text="Slugs between bars: “|nerve-pain|safety|”.", max_length=500)),
            ("section", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.section")),
        ],
        options={"verbose_name_plural": "search entries"},
    ),
    migrations.CreateModel(
        name="DayOfOpens",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("on", models.DateField()),
            ("count", models.PositiveIntegerField()),
            (
                "article",
                models.ForeignKey(
                    db_index=False,
                    on_delete=models.CASCADE,
                    related_name="days_of_opens",
                    to="articles.article",
                ),
            ),
        ],
        options={
            "verbose_name_plural": "days of opens",
            "constraints": [models.UniqueConstraint(fields=("article", "on"), name="opens_once_a_day")],
        },
    ),
    migrations.CreateModel(
        name="HourOfOpens",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField(db_index=True, help_text="When the hour began.")),
            ("count", models.PositiveIntegerField()),
            (
                "article",
                models.ForeignKey(
                    db_index=False,
                    on_delete=models.CASCADE,
                    related_name="hours_of_opens",
                    to="articles.article",
                ),
            ),
        ],
        options={
            "verbose_name_plural": "hours of opens",
            "constraints": [models.UniqueConstraint(fields=("article", "at"), name="opens_once_an_hour")],
        },
    ),
    migrations.CreateModel(
        name="PageText",
        fields=[
            (
                "edition",
                models.OneToOneField(
                    on_delete=models.CASCADE,
                    primary_key=True,
                    related_name="page_text",
                    serialize=False,
                    to="articles.edition",
                ),
            ),
            (
                "digest",
                models.CharField(
                    db_index=True,
                    help_text="Of what else it was made from: the names of terms and medicines, and the code.",
                    max_length=64,
                ),
            ),
            (
                "names",
                models.JSONField(
                    default=dict, help_text="Pictures in the text and papers that it cites, by their ids."
                ),
            ),
            ("content", models.TextField(help_text="JSON.")),
            (
                "medicines",
                models.ManyToManyField(
                    help_text="Those that the text names, so that a medicine’s page finds its articles.",
                    related_name="+",
                    to="articles.drug",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="ReadNext",
        fields=[
            (
                "edition",
                models.OneToOneField(
                    on_delete=models.CASCADE,
                    primary_key=True,
                    related_name="read_next",
                    serialize=False,
                    to="articles.edition",
                ),
            ),
            ("articles", models.JSONField(default=list, help_text="Their ids, the nearest first.")),
            ("looked_at", models.DateTimeField(db_index=True)),
        ],
    ),
    migrations.CreateModel(
        name="ShareCard",
        fields=[
            (
                "edition",
                models.OneToOneField(
                    on_delete=models.CASCADE,
                    primary_key=True,
                    related_name="share_card",
                    serialize=False,
                    to="articles.edition",
                ),
            ),
            ("digest", models.CharField(db_index=True, help_text="Of what the card says.", max_length=24)),
        ],
    ),
]

SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE articles_search USING fts5(title, names, standfirst, body, "
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4')"
    ],
    "postgresql": [
        "CREATE TABLE articles_search (edition_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX articles_search_document ON articles_search USING gin (document)",
        # What matches is found by the index and by nothing else, and texts are kept as they are: a planner that has
        # counted the rows takes reading every text for cheaper, since it knows no price for fetching and unpacking one.
        "ALTER TABLE articles_search ALTER COLUMN document SET STORAGE EXTERNAL",
        "CREATE FUNCTION articles_search_matching(tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE "
        "SET enable_seqscan = off AS 'SELECT edition_id FROM articles_search WHERE document @@ $1'",
    ],
}
WITHOUT_SEARCH = {
    "sqlite": ["DROP TABLE articles_search"],
    "postgresql": ["DROP FUNCTION articles_search_matching(tsquery)", "DROP TABLE articles_search"],
}


def on_each_database(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class CreateTogether(Operation):
    """Creates all models in one operation.

    After each operation on a model Django rebuilds its class and every class related to it. For these models one by
    one that takes 1.3 s of CPU, longer than the rest of `migrate`; together 0.1 s.
    """

    def __init__(self, creations):
        self.creations = creations

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)  # the classes, a cached property: rebuilt once, when they are needed,
        state.is_delayed = False  # and then none is out of date, so that no later operation rebuilds them all
        for creation in self.creations:
            creation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for creation in reversed(self.creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.creations)} models"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        # No table refers to these. But each of their steps, if it came later, would rebuild the classes of our models.
        ("axes", "0010_accessattemptexpiration"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
    ]
    operations = [
        CreateTogether(MODELS),
        migrations.RunPython(on_each_database(SEARCH), on_each_database(WITHOUT_SEARCH)),
    ]
