"""What a mail server says, and what it means for the reader."""

import pytest

from articles.mail.smtp_replies import Answer, Outcome, Stage, judge, silence, without

READER, US, LATER, UNKNOWN = Outcome.NOT_THIS_READER, Outcome.NOT_US, Outcome.LATER, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("stage", "code", "said", "outcome"),
    [
        (Stage.RCPT, 550, "5.1.1 no such user", READER),
        (Stage.RCPT, 550, "5.2.1 disabled", READER),
        (Stage.RCPT, 550, "5.4.4 no such domain", READER),
        (Stage.RCPT, 550, "no such user", READER),
        (Stage.RCPT, 551, "not here", READER),
        (Stage.RCPT, 553, "name not allowed", READER),
        (Stage.RCPT, 550, "5.7.1 relaying denied", US),
        (Stage.RCPT, 554, "no", US),
        (Stage.RCPT, 503, "bad sequence", US),
        (Stage.RCPT, 552, "too many recipients", LATER),
        (Stage.RCPT, 552, "5.2.2 mailbox full", READER),
        (Stage.RCPT, 450, "greylisted", LATER),
        (Stage.MAIL, 550, "5.1.8 bad sender domain", US),
        (Stage.MAIL, 550, "5.1.1 odd", US),
        (Stage.RCPT, 550, "5.1.8 bad sender domain", US),
        (Stage.MAIL, 552, "5.3.4 too big", US),
        (Stage.DATA, 554, "no valid recipients", US),
        (Stage.DOT, 550, "5.7.1 spam", US),
        (Stage.DOT, 550, "spam", US),
        (Stage.DOT, 550, "5.1.1 no such user", READER),
        (Stage.DOT, 552, "5.3.4 too big", US),
        (Stage.DOT, 451, "try later", LATER),
        (Stage.OPEN, 535, "5.7.8 wrong password", US),
        (Stage.OPEN, 554, "no service", US),
        (Stage.DATA, -1, "garbage", LATER),
        (Stage.DOT, -1, "garbage", UNKNOWN),
        (Stage.DOT, 354, "go on", UNKNOWN),
    ],
)
def test_an_answer_is_about_the_reader_or_about_us(stage, code, said, outcome):
    assert judge(stage, code, said).outcome is outcome


def test_a_server_that_closes_is_left():
    assert judge(Stage.RCPT, 421, "closing") == Answer(LATER, "421 closing", hang_up=True)


def test_silence_after_the_last_line_is_a_doubt_and_before_it_none():
    assert [silence(stage, "").outcome for stage in (Stage.MAIL, Stage.RCPT, Stage.DATA)] == [LATER] * 3
    assert silence(Stage.DOT, "").outcome is UNKNOWN


@pytest.mark.parametrize("said", ["<Ann.Lee@example.org>: no", "no ann.lee here", "ann.lee@EXAMPLE.org"])
def test_an_answer_is_kept_without_the_address(said):
    assert "lee" not in without(said, "ann.lee@example.org").lower()


def test_words_that_only_look_like_a_name_stay():
    assert without("550 banned, ban@example.org", "ban@example.org") == "550 banned, …"


def test_an_answer_is_one_short_line():
    assert judge(Stage.RCPT, 550, "a\r\nb\0" + "c" * 900).said.startswith("550 a b c")
    assert len(judge(Stage.RCPT, 550, "c" * 900).said) == 500
