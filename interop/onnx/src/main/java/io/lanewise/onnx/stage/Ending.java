package io.lanewise.onnx.stage;

import java.util.Optional;

/**
 * Why a stage ends before the model does.
 *
 * @param reason in words
 * @param onHost the node that runs on the host in between, since only its result tells how large it
 *     is; empty if a value is all that the next stage needs to know
 * @param next what is left
 */
record Ending(String reason, Optional<BoundNode> onHost, Program next) {}
