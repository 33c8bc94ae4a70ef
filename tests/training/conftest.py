"""What tests of batches share."""

import pytest


@pytest.fixture(scope="session")
def pieces():
    """A word a piece, and "harbourmaster" two."""
    tokenizers = pytest.importorskip("tokenizers")
    batches = pytest.importorskip("training.batches")
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordPiece({"[UNK]": 7, "harbour": 8, "##master": 9}, unk_token="[UNK]")
    )
    return batches.Pieces(tokenizer)
