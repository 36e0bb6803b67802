"""Mail as it leaves and as it comes back.

`outbox` takes a mail to one person in its caller's transaction, `kinds` knows how each kind is worded, `sender` sends
it once. Every mail is a `message`, laid out by `bodies` and assembled by `mime`; `transports` hand it over, and
`smtp_replies` judges what the mail server said. After a crash `acceptance` asks the mail server what it took.
`bounces` reads what comes back, `suppression` says who must not be written to. `alarms` tells people what needs them.
"""
