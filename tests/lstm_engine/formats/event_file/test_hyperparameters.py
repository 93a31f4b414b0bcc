"""Hyperparameters as TensorBoard's own plugin reads and writes them."""

from __future__ import annotations

from tensorboard.plugins.hparams import api_pb2
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData

from lstm_engine.formats.event_file.hyperparameters import decoded, experiment, session_end, session_start

VALUES = {"lr": 0.1, "seed": 42, "model": "by-hand ü", "shuffle": False, "nothing": None}


def test_the_plugin_reads_ours() -> None:
    start = HParamsPluginData.FromString(session_start(VALUES, 3.5)).session_start_info
    found = {name: getattr(value, value.WhichOneof("kind")) for name, value in start.hparams.items()}
    assert found == {"lr": 0.1, "seed": 42.0, "model": "by-hand ü", "shuffle": False}
    assert start.start_time_secs == 3.5
    whole = HParamsPluginData.FromString(experiment(VALUES, ["train_loss", "out_0"])).experiment
    assert {info.name: info.type for info in whole.hparam_infos} == {
        "lr": api_pb2.DATA_TYPE_FLOAT64,
        "seed": api_pb2.DATA_TYPE_FLOAT64,
        "model": api_pb2.DATA_TYPE_STRING,
        "shuffle": api_pb2.DATA_TYPE_BOOL,
    }
    assert [info.name.tag for info in whole.metric_infos] == ["train_loss", "out_0"]
    end = HParamsPluginData.FromString(session_end(4.5)).session_end_info
    assert (end.status, end.end_time_secs) == (api_pb2.STATUS_SUCCESS, 4.5)


def test_ours_reads_the_plugin_s() -> None:
    theirs = HParamsPluginData(version=0)
    theirs.session_start_info.hparams["lr"].number_value = 0.25
    theirs.session_start_info.hparams["optimizer"].string_value = "adam"
    theirs.session_start_info.hparams["amsgrad"].bool_value = True
    theirs.session_start_info.hparams["none"].null_value = 0
    theirs.session_start_info.group_name = "first"
    found = decoded(theirs.SerializeToString())
    assert found == {"lr": 0.25, "optimizer": "adam", "amsgrad": True, "none": None}


def test_the_other_messages_have_none() -> None:
    assert decoded(experiment(VALUES, ["loss"])) == {}
    assert decoded(session_end(1.0)) == {}
