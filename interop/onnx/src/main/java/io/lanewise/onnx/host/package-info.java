/**
 * What ONNX's operators mean, in plain Java on tensors of any element type: the reference that
 * compiled models are compared with, the folder of constants, and what runs nodes that the kernels
 * have nothing for. Start at {@link io.lanewise.onnx.host.HostOps} (one node) and {@link
 * io.lanewise.onnx.host.HostEvaluator} (a model). Arithmetic is in double and long and is rounded
 * once, to the output's type.
 *
 * <p>Source of all semantics: the operators' specification, https://onnx.ai/onnx/operators/.
 */
package io.lanewise.onnx.host;
