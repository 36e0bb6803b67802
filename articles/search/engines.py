"""The two full-text engines behind one shape: write and drop a text, and the best matches for a question.

SQLite: FTS5, ranked by bm25. PostgreSQL: a tsvector under a GIN index, ranked by ts_rank. Both hold stems made in
Python (`language`), so that they match the same. All values are parameters; a question's stems are letters and digits.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, connections, router

from articles.models import SearchEntry
from articles.search.questions import Alternative, Question

# How much a match counts in the title, in names (topics, people), in the standfirst, in the text.
WEIGHTS = (12.0, 6.0, 4.0, 1.0)
MOST_RANKED = 1000  # of more matches the newest are ranked: a rank has to read the whole text


@dataclass(frozen=True)
class Text:
    """An edition as the index has it: stems, separated by spaces."""

    edition_id: int
    title: str
    names: str
    standfirst: str
    body: str


@dataclass(frozen=True)
class Narrowing:
    """What a search is narrowed to; empty means nothing of the kind."""

    section_id: int | None = None
    topic: str = ""
    since: datetime | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """SQL over `entry`, to be joined with AND, and its parameters."""
        conditions: list[str] = []
        values: list[Any] = []
        if self.section_id is not None:
            conditions.append("entry.section_id = %s")
            values.append(self.section_id)
        if self.topic:
            conditions.append("entry.topics LIKE %s")
            values.append(f"%|{self.topic}|%")
        if self.since is not None:
            conditions.append("entry.first_live_from >= %s")
            values.append(self.since)
        return "".join(f" AND {condition}" for condition in conditions), values


class Engine(Protocol):
    def add(self, texts: list[Text]) -> None: ...

    def drop(self, edition_ids: list[int]) -> None: ...

    def clear(self) -> None: ...

    def best(self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int) -> list[int]: ...

    def ranked(
        self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int
    ) -> tuple[str, list[Any]]: ...


NOT_LIVE = (
    "SELECT edition_id FROM articles_searchentry WHERE live_from > %s "
    "UNION ALL SELECT edition_id FROM articles_searchentry WHERE live_until <= %s"
)


class _Table(ABC):
    """What both have in common."""

    key: str

    def drop(self, edition_ids: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM articles_search WHERE {self.key} = %s", [[pk] for pk in edition_ids])  # noqa: S608

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_search")

    def best(self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int) -> list[int]:
        """Edition ids, the best first."""
        sql, values = self.ranked(question, narrowing, at=at, limit=limit)
        with connections[router.db_for_read(SearchEntry)].cursor() as cursor:  # where the editions are then read
            cursor.execute(f"{sql} ORDER BY place, edition_id DESC", values)
            return [row[0] for row in cursor.fetchall()]

    @abstractmethod
    def ranked(self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int) -> tuple[str, list[Any]]:
        """SQL for rows of edition_id and place (the less, the better), and its parameters."""


class Sqlite(_Table):
    key = "rowid"

    def add(self, texts: list[Text]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO articles_search (rowid, title, names, standfirst, body) VALUES (%s, %s, %s, %s, %s)",
                [[text.edition_id, text.title, text.names, text.standfirst, text.body] for text in texts],
            )

    def ranked(self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int) -> tuple[str, list[Any]]:
        condition, values = narrowing.condition()
        join = "JOIN articles_searchentry entry ON entry.edition_id = articles_search.rowid" if condition else ""
        weights = ", ".join(map(str, WEIGHTS))
        sql = (
            "SELECT edition_id, place FROM (SELECT edition_id, place FROM ("  # noqa: S608
            f"SELECT articles_search.rowid AS edition_id, bm25(articles_search, {weights}) AS place "
            f"FROM articles_search {join} "
            f"WHERE articles_search MATCH %s AND articles_search.rowid NOT IN ({NOT_LIVE}){condition} "
            # FTS5 hands them out so by itself, and no more than are taken.
            "ORDER BY articles_search.rowid DESC LIMIT %s) newest ORDER BY place, edition_id DESC LIMIT %s) ranked"
        )
        return sql, [self.match(question), at, at, *values, MOST_RANKED, limit]

    def match(self, question: Question) -> str:
        """The question in FTS5's language: https://sqlite.org/fts5.html#full_text_query_syntax."""
        clauses = [f"({' OR '.join(map(self._alternative, clause))})" for clause in question.clauses]
        return (" OR " if question.any_will_do else " AND ").join(clauses)

    @staticmethod
    def _alternative(alternative: Alternative) -> str:
        if alternative.is_phrase:
            return f'{"names : " if alternative.is_filed else ""}"{" ".join(alternative.stems)}"'
        words = " AND ".join(f'"{word}"' for word in alternative.stems)
        return f'({words}) OR "{alternative.beginning}"*' if alternative.beginning else f"({words})"


class Postgresql(_Table):
    key = "edition_id"

    def add(self, texts: list[Text]) -> None:
        document = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABCD")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO articles_search (edition_id, document) VALUES (%s, {document})",  # noqa: S608
                [[text.edition_id, text.title, text.names, text.standfirst, text.body] for text in texts],
            )

    def ranked(self, question: Question, narrowing: Narrowing, *, at: datetime, limit: int) -> tuple[str, list[Any]]:
        condition, values = narrowing.condition()
        join = "JOIN articles_searchentry entry ON entry.edition_id = matching.edition_id" if condition else ""
        weights = ",".join(str(weight / max(WEIGHTS)) for weight in reversed(WEIGHTS))
        sql = (
            "SELECT edition_id, place FROM ("  # noqa: S608
            # The matches first, by their index: any other plan would read every text.
            "WITH found AS MATERIALIZED ("
            f"SELECT matching.edition_id FROM articles_search_matching(%s::tsquery) AS matching (edition_id) {join} "
            f"WHERE matching.edition_id NOT IN ({NOT_LIVE}){condition} "
            "ORDER BY matching.edition_id DESC LIMIT %s) "
            f"SELECT edition_id, -ts_rank('{{{weights}}}', document, %s::tsquery, 1) AS place "
            "FROM found JOIN articles_search USING (edition_id) "
            "ORDER BY place, edition_id DESC LIMIT %s) ranked"
        )
        wanted = self.match(question)
        return sql, [wanted, at, at, *values, MOST_RANKED, wanted, limit]

    def match(self, question: Question) -> str:
        """The question as a tsquery: https://www.postgresql.org/docs/current/datatype-textsearch.html."""
        clauses = [f"({' | '.join(map(self._alternative, clause))})" for clause in question.clauses]
        return (" | " if question.any_will_do else " & ").join(clauses)

    @staticmethod
    def _alternative(alternative: Alternative) -> str:
        where = ":B" if alternative.is_filed else ""  # the weight that `add` gives to names
        joined = (" <-> " if alternative.is_phrase else " & ").join(f"'{word}'{where}" for word in alternative.stems)
        return f"({joined}) | '{alternative.beginning}':*" if alternative.beginning else f"({joined})"


def engine() -> Engine:
    """The one of the database that is in use."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
