"""Matrix products by NumPy's BLAS instead of the one that thinc brings: the same names, in less time."""
# Why: see docs/decisions.md, "The language model multiplies with NumPy's BLAS".

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from thinc.api import NumpyOps, get_current_ops, set_current_ops


class NumpyBlasOps(NumpyOps):  # type: ignore[misc]  # thinc is not typed
    """thinc's operations on NumPy arrays, whose matrix products are NumPy's own.

    The wheels of thinc multiply by BLIS built for any processor, those of NumPy by OpenBLAS, which
    takes the widest instructions the processor has: measured 3 to 4 times the speed on AVX-512 at the
    sizes that the small spaCy models have (288 x 288).
    """

    def gemm(
        self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> np.ndarray[Any, Any]:
        """`x @ y`, either of them transposed first if requested, into `out` if it is given."""
        left, right = (x.T if trans1 else x), (y.T if trans2 else y)
        product: np.ndarray[Any, Any] = np.matmul(left, right, out=out)
        return product


@contextmanager
def numpy_matrix_products() -> Iterator[None]:
    """Within it, models that are loaded on the processor multiply by NumPy; a graphics card is left alone."""
    before = get_current_ops()
    if type(before) is NumpyOps:
        set_current_ops(NumpyBlasOps())
    try:
        yield
    finally:
        set_current_ops(before)
