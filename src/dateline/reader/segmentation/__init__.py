"""A text cut into paragraphs, sentences and tokens: offsets into the original, always.

`split` goes through a text three times: lines to paragraphs (`blocks`), paragraphs to tokens as UD English cuts them
(`tokens`), tokens to sentences (`sentences`). Every pass is linear in the length of the text.
"""

from dateline.reader.segmentation.blocks import paragraphs
from dateline.reader.segmentation.sentences import LONGEST, Sentence, split
from dateline.reader.segmentation.tokens import Token, tokenize

__all__ = ["LONGEST", "Sentence", "Token", "paragraphs", "split", "tokenize"]
