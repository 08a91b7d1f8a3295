/**
 * A model as compiled stages. A {@link io.lanewise.onnx.stage.Program} is a list of nodes; for each
 * set of input shapes it has a {@link io.lanewise.onnx.stage.Stage}, a graph of concrete shapes. A
 * stage ends early where a shape depends on a value that only a run can tell; what is left then is
 * the next program, whose stages are chosen by that value.
 */
package io.lanewise.onnx.stage;
