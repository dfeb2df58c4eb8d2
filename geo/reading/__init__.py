"""Reading: text in, the territories it names, the figures it quotes and the claims it makes out."""

from geo.reading.article import Article, load
from geo.reading.lexicon import Entry, Lexicon
from geo.reading.reader import read
from geo.reading.types import Claim, Figure, Mention, Number, Reading

__all__ = ["Article", "Claim", "Entry", "Figure", "Lexicon", "Mention", "Number", "Reading", "load", "read"]
