package io.lanewise.benchmarks.contender;

import io.lanewise.kernels.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A library that runs ONNX files. Found by {@link java.util.ServiceLoader}; used from one thread.
 */
public interface ModelRunner {
  /** As the contender's. */
  String name();

  /**
   * Loads a model and runs it once, on zeros, by as few steps as its users would take.
   *
   * @param inputs sizes of all inputs by name
   */
  void runOnce(Path model, Map<String, Shape> inputs, int threads) throws IOException;

  /**
   * Runs a model, floats from 0 to 1 and other numbers zero, and tells what each node takes.
   *
   * @param inputs sizes of all inputs by name
   * @param runs measured ones, after as many to warm up
   */
  NodeProfile profile(Path model, Map<String, Shape> inputs, int threads, int runs)
      throws IOException;
}
