"""The clock brings files up to credits that were changed past their `save`, a part of the pictures at a time."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command

from articles.images import metadata
from articles.models import Image, ImageCredit
from articles.publishing import pictures
from articles.publishing.pictures import PicturesRefused, files, receivers
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_clock_brings_files_up_to_a_credit_that_was_changed_past_its_save(client):
    stored = pictures.store(factories.picture_bytes("JPEG", (1300, 700)), name="pump.jpg", alt="A pump.")
    credit = factories.CreditFactory(image=stored)
    edition = factories.print_edition(lead_image=credit.image)
    ImageCredit.objects.update(creator="John Roe")
    assert "/media/renditions/" not in client.get(edition.get_absolute_url()).content.decode()
    call_command("clock", "--once")
    [address] = re.findall(r'<img src="([^"]+)"', client.get(edition.get_absolute_url()).content.decode())
    assert metadata.read(client.get(address).content).creator == "John Roe"
    assert receivers.catch_up() == 0


def test_the_clock_leaves_what_lacks_its_credit_what_nobody_sees_and_goes_on_after_a_failure(monkeypatch, caplog):
    lacking, unseen, gone, sound = (factories.CreditFactory() for _number in range(4))
    for credit in (lacking, gone, sound):
        factories.print_edition(lead_image=credit.image)
    tried = []

    def render(image):
        tried.append(image.pk)
        if image.pk == gone.image_id:
            raise PicturesRefused("The file is gone.")

    monkeypatch.setattr(files, "render", render)
    ImageCredit.objects.update(creator="John Roe")
    ImageCredit.objects.filter(pk=lacking.pk).update(license="")
    assert receivers.catch_up() == 2
    assert sorted(tried) == sorted([gone.image_id, sound.image_id])
    assert "could not be made" in caplog.text
    assert unseen.image_id not in tried


def test_the_clock_goes_on_where_it_stopped_so_that_no_failure_keeps_another_picture_waiting(monkeypatch):
    behind = [factories.print_edition(lead_image=factories.CreditFactory().image).lead_image_id for _number in range(5)]
    tried = []
    monkeypatch.setattr(receivers, "bring_up_to_date", tried.append)
    monkeypatch.setattr(receivers, "AT_ONCE", 2)
    ImageCredit.objects.update(creator="John Roe")
    cache.delete(receivers.REACHED)
    assert [receivers.catch_up() for _round in range(4)] == [2, 2, 2, 2]
    assert tried == [*behind, *behind[:3]]


def test_a_round_of_the_clock_looks_at_so_many_pictures_and_no_more(monkeypatch, django_assert_max_num_queries):
    for _number in range(5):
        factories.print_edition(lead_image=factories.CreditFactory().image)
    looked_at = []
    reason = Image.hidden_reason.fget
    monkeypatch.setattr(Image, "hidden_reason", property(lambda image: looked_at.append(image.pk) or reason(image)))
    monkeypatch.setattr(receivers, "LOOKED_AT", 2)
    cache.delete(receivers.REACHED)
    assert receivers.catch_up() == 0
    every = list(looked_at)
    assert len(every) == 5
    for _round in range(3):
        with django_assert_max_num_queries(2):
            receivers.catch_up()
    assert looked_at == [*every, *every, every[0]]
