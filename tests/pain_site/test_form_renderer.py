"""Forms rendered in Jinja2 say what Django's own engine says."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from articles.admin.article_form import ArticleForm
from articles.admin.procedures import ProcedureForm
from pain_site.form_renderer import FormRenderer
from tests.markup import squeezed

pytestmark = pytest.mark.django_db
HOSTILE = """<b>"it's" & more</b>"""


class EveryWidget(forms.Form):
    words = forms.CharField(help_text=HOSTILE, label=HOSTILE, max_length=300)
    number = forms.FloatField(min_value=0, max_value=1)
    choice = forms.ChoiceField(choices=[("", "none"), ("Group", [("<a>", HOSTILE), ("b", "B")])])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    moment = forms.SplitDateTimeField()
    yes = forms.BooleanField(initial=True)
    file = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, initial=HOSTILE)


@pytest.mark.parametrize("kind", [EveryWidget, ArticleForm, ProcedureForm])
@pytest.mark.parametrize("data", [None, {"words": HOSTILE, "number": "9", "title": HOSTILE, "hidden": HOSTILE}])
def test_a_form_is_the_same_page_by_both_engines(kind, data):
    pages = [str(kind(data, renderer=renderer)) for renderer in (DjangoTemplates(), FormRenderer())]
    by_django, by_jinja = (squeezed(page.replace("&quot;", "&#34;").replace("&#x27;", "&#39;")) for page in pages)
    assert by_django == by_jinja
    assert "<b>" not in pages[1].replace(HOSTILE, "")
