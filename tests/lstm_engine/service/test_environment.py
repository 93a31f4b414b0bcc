"""What the environment must not decide."""

from lstm_engine.service.environment import clear_environment


def test_what_lightning_would_obey_goes_and_the_rest_stays() -> None:
    environment = {"PL_TRAINER_MAX_EPOCHS": "7", "LT_DEVICES": "2", "RANK": "1", "HOME": "/", "PLAIN": "x"}
    assert clear_environment(environment) == ["LT_DEVICES", "PL_TRAINER_MAX_EPOCHS", "RANK"]
    assert environment == {"HOME": "/", "PLAIN": "x"}
    assert clear_environment(environment) == []
