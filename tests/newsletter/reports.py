"""Reports as mail servers write them: RFC 3464 of a delivery that failed, RFC 5965 of a letter called unwanted."""

DSN = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

Subject: News

--b--
"""

ARF = """From: feedback@provider.example
To: {to}
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

This is a complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: {type}
User-Agent: Provider/1
Original-Mail-From: <{original}>

--b
Content-Type: message/rfc822

Return-Path: <{returned}>
Subject: News

Words.
--b--
"""


def dsn(to, status="5.1.1", said="550 5.1.1 no such user", action="failed"):
    return DSN.format(to=to, status=status, said=said, action=action).replace("\n", "\r\n").encode()


def arf(to="feedback@example.org", original="", returned="", type="abuse"):
    return ARF.format(to=to, original=original, returned=returned, type=type).replace("\n", "\r\n").encode()
