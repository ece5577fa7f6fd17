"""The model multiplies by NumPy and finds what it found before."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import NumpyOps, get_current_ops

from tasks.extract.language_model.matrices import NumpyBlasOps, numpy_matrix_products
from tasks.extract.language_model.models import pipeline_for
from tasks.extract.options import ExtractOptions


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
@pytest.mark.parametrize("given", [False, True])
def test_products_are_those_of_thinc_but_for_the_last_bits(trans1: bool, trans2: bool, given: bool) -> None:
    chance = np.random.default_rng(7)
    left = chance.random((5, 8) if trans1 else (8, 5), dtype="f")
    right = chance.random((3, 5) if trans2 else (5, 3), dtype="f")
    out = np.zeros((8, 3), dtype="f") if given else None
    product = NumpyBlasOps().gemm(left, right, out=out, trans1=trans1, trans2=trans2)
    expected = NumpyOps().gemm(left, right, trans1=trans1, trans2=trans2)
    np.testing.assert_allclose(product, expected, rtol=1e-5)
    assert out is None or product is out


def test_the_model_is_loaded_with_them_and_nothing_else_is() -> None:
    model = pipeline_for("en", ExtractOptions()).get_pipe("ner").model  # type: ignore[attr-defined]
    assert {type(layer.ops) for layer in model.get_ref("tok2vec").walk()} == {NumpyBlasOps}
    assert type(get_current_ops()) is NumpyOps


def test_the_operations_before_come_back_after_a_failed_load() -> None:
    with pytest.raises(OSError, match="no model"), numpy_matrix_products():
        raise OSError("no model")
    assert type(get_current_ops()) is NumpyOps
