"""The dashboard's two buttons after a restore: mail is sent again, or everything stays on hold."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.admin.sign_in import DeskRequest
from articles.backup import answering
from articles.backup.refusal import BackupRefused
from articles.models import Restore


@require_POST
def answer(request: DeskRequest) -> HttpResponse:
    try:
        if request.POST.get("answer") == Restore.GO_ON:
            for sentence in answering.go_on(by=request.user):
                messages.warning(request, sentence)
            messages.success(request, "Mail is sent again.")
        else:
            answering.keep_on_hold(by=request.user)
            messages.success(request, "Everything stays on hold.")
    except BackupRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:index"))
