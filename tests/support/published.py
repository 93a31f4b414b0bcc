"""Published with the walk-through (seed 42, normal, learning rate 0.001), to the digits printed."""

#: By epoch, the predictions of A and B.
PREDICTIONS = {0: (-0.0377, -0.0383), 2000: (0.4342, 0.6171), 3000: (0.2708, 0.7534), 5000: (0.0022, 0.9693)}

#: By epoch, in the order of `lstm_engine.parameters.BY_HAND`.
PARAMETERS = {
    0: "0.3367 0.1288 0 0.2345 0.2303 0 -1.1229 -0.1863 0 2.2082 -0.6380 0",
    5000: "2.7043 1.6307 1.6234 1.9983 1.6525 0.6204 1.4122 0.9393 -0.3217 4.3848 -0.1943 0.5935",
}
