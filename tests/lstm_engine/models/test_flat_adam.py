"""Adam written out for scalars in one tensor, against torch's own."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from lstm_engine.models.flat_adam import FlatAdam

COUNT = 5
GRADIENTS = st.lists(
    st.lists(st.floats(-4, 4, width=32), min_size=COUNT, max_size=COUNT).map(torch.tensor), min_size=1, max_size=30
)


class Bench:
    """Scalars side by side, their gradient, and an optimiser."""

    def __init__(self, is_flat: bool, lr: float = 0.01) -> None:
        self.values = torch.linspace(-1, 1, COUNT)
        self.gradient = torch.zeros(COUNT)
        self.parameters = [nn.Parameter(value) for value in self.values]
        if is_flat:
            self.adam: torch.optim.Adam = FlatAdam(self.parameters, self.values, self.gradient, lr)
        else:
            self.adam = torch.optim.Adam(self.parameters, lr=lr)
            for parameter, slot in zip(self.parameters, self.gradient, strict=True):
                parameter.grad = slot

    def steps(self, gradients: list[Tensor]) -> None:
        for gradient in gradients:
            self.gradient.copy_(gradient)
            self.adam.step()

    def take_over(self, other: "Bench") -> None:
        self.values.copy_(other.values)
        self.adam.load_state_dict(copy.deepcopy(other.adam.state_dict()))


@settings(deadline=None)  # the machine may be busy
@given(gradients=GRADIENTS)
def test_it_ends_where_torchs_adam_ends(gradients: list[Tensor]) -> None:
    ours, theirs = Bench(is_flat=True), Bench(is_flat=False)
    for bench in (ours, theirs):
        bench.steps(gradients)
    assert ours.values.tolist() == pytest.approx(theirs.values.tolist(), abs=2e-6)
    for mine, other in zip(ours.parameters, theirs.parameters, strict=True):
        assert ours.adam.state[mine]["step"] == theirs.adam.state[other]["step"]
        for name in ("exp_avg", "exp_avg_sq"):
            assert ours.adam.state[mine][name].item() == pytest.approx(theirs.adam.state[other][name].item(), abs=1e-5)


@settings(deadline=None)  # the machine may be busy
@given(gradients=GRADIENTS, pause=st.integers(0, 30))
def test_it_goes_on_from_its_own_state_to_the_same_bits(gradients: list[Tensor], pause: int) -> None:
    straight, paused, resumed = (Bench(is_flat=True) for _ in range(3))
    straight.steps(gradients)
    paused.steps(gradients[:pause])
    resumed.take_over(paused)
    resumed.steps(gradients[pause:])
    assert torch.equal(resumed.values, straight.values)


@pytest.mark.parametrize("is_flat", [True, False])
def test_state_goes_from_either_to_the_other(is_flat: bool) -> None:
    gradients = list(torch.randn(20, COUNT, generator=torch.Generator().manual_seed(1)))
    first, second, reference = Bench(is_flat), Bench(not is_flat), Bench(is_flat=False)
    first.steps(gradients[:10])
    second.take_over(first)
    second.steps(gradients[10:])
    reference.steps(gradients)
    assert second.values.tolist() == pytest.approx(reference.values.tolist(), abs=2e-6)


@pytest.mark.parametrize("asked", [{"weight_decay": 0.1}, {"amsgrad": True}, {"maximize": True}])
def test_what_another_script_asked_for_is_done_as_torch_does_it(asked: dict[str, float | bool]) -> None:
    gradients = list(torch.randn(12, COUNT, generator=torch.Generator().manual_seed(2)))
    theirs = Bench(is_flat=False)
    theirs.adam.param_groups[0].update(asked)
    theirs.steps(gradients[:6])
    ours = Bench(is_flat=True)
    ours.take_over(theirs)
    for bench in (ours, theirs):
        bench.steps(gradients[6:])
    assert torch.equal(ours.values, theirs.values)
