/**
 * Checks an implementation of ONNX against folders of models with inputs and expected outputs, as
 * the ONNX project's backend tests have them. Start at {@link
 * io.lanewise.onnx.conformance.Conformance}.
 */
package io.lanewise.onnx.conformance;
