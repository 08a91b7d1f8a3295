/** Networks of our own as ONNX models. */
package io.lanewise.onnx.export;
