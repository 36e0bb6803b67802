"""What kind of page an article or a published version of one is: an article, a topic's page, or one about the site.

All three are written, checked, published and corrected in the same way; lists of articles show articles alone.
"""

from django.db.models import Q

ARTICLE, HUB, PAGE = "article", "hub", "page"
PAGE_TYPES = [(ARTICLE, "Article"), (HUB, "Topic page"), (PAGE, "Site page")]
IS_KNOWN = Q(page_type__in=[ARTICLE, HUB, PAGE])
HAS_ITS_TOPIC = Q(page_type=HUB, hub_of__isnull=False) | ~Q(page_type=HUB) & Q(hub_of__isnull=True)
HAS_ITS_SECTION = Q(page_type=PAGE, section__isnull=True) | ~Q(page_type=PAGE) & Q(section__isnull=False)
