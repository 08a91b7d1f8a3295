/** ONNX models: read, checked, compiled, run, written. */
module io.lanewise.onnx {
  requires transitive io.lanewise.layers;

  exports io.lanewise.onnx;
  exports io.lanewise.onnx.conformance;
  exports io.lanewise.onnx.export;
  exports io.lanewise.onnx.file;
  exports io.lanewise.onnx.host;
  exports io.lanewise.onnx.model;
}
