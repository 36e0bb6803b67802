"""The form of a draft issue. A save that began from older words is put onto what somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Issue
from articles.newsletter.issues import unsaved
from articles.publishing import three_way
from articles.publishing.three_way import Clash
from articles.richtext.text import CONTROL


class IssueForm(forms.ModelForm):
    """Each field is sent with the words that it began with, so that it is known which side changed it."""

    class Meta:
        model = Issue
        fields = ["subject", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merged_with = ""  # who saved what this save was merged with
        for name in unsaved.TYPED:
            if name in self.fields:  # none of an issue that can’t be changed
                self.fields[name].show_hidden_initial = True

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        if CONTROL.search(subject):
            raise ValidationError("Write it on one line. A subject can’t contain line breaks or control characters.")
        return subject

    def clean(self) -> None:
        """Puts what only one side changed together. Where both changed the same words, the form waits with both."""
        stored = Issue.objects.select_for_update().filter(pk=self.instance.pk).first()
        if stored is None:
            return
        data: Any = self.data
        self.data = data = data.copy()
        for name in filter(self.cleaned_data.__contains__, unsaved.TYPED):
            if (began := self.data.get(self[name].html_initial_name)) is None:
                continue
            base, mine, theirs = map(unsaved.plain, (began, self.cleaned_data[name], getattr(stored, name)))
            if theirs in (base, mine):
                continue
            data[self[name].html_initial_name] = theirs  # the next save begins from what it has been shown
            if (both := merged(base, mine, theirs)) is None:
                who = last_saved(stored)
                said = f": “{theirs}”" if theirs else " and left this empty."
                self.add_error(name, f"{who}{said} Yours is still in the field. Save again to keep it.")
            else:
                self.cleaned_data[name], self.merged_with = both, last_saved(stored)


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both as one, paragraph by paragraph; None where both changed the same one."""
    paragraphs = three_way.merge(*(side.split("\n\n") for side in (base, mine, theirs)))
    if any(isinstance(one, Clash) for one in paragraphs):
        return None
    return "\n\n".join(str(one) for one in paragraphs)


def last_saved(issue: Issue) -> str:
    """Who saved an issue on the desk last, and when: “Tom Beck saved at 20:50”."""
    kind = ContentType.objects.get_for_model(Issue)
    entry = LogEntry.objects.filter(content_type=kind, object_id=str(issue.pk)).select_related("user").first()
    if entry is None:
        return "It was changed"
    who: Any = entry.user
    return f"{who.get_full_name() or who.get_username()} saved at {timezone.localtime(entry.action_time):%H:%M}"
