package io.lanewise.rivals.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.ModelRunner;
import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.rivals.contract.RivalContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new OnnxRuntime();
  }

  /** Whole models, one of two images whose batch is fixed; and what it tells of their nodes. */
  @Test
  void modelsAreRunAndProfiled(@TempDir Path folder) throws Exception {
    ConvShape conv = ConvShape.parse("n2 ic3 ih8 oc5 kh3 p1");
    Path file = Files.write(folder.resolve("a model.onnx"), Models.conv(conv).bytes());
    Task task = Task.of(Op.MODEL, file + " 2x3x8x8");
    Expectation expected = Expectation.of(task);
    assertEquals(List.of("optimised"), contender().variants(task));
    for (int threads = 1; threads <= 2; threads++) {
      try (Prepared prepared = contender().prepare(task, "optimised", threads)) {
        prepared.run();
        prepared.run();
        assertEquals(Optional.empty(), expected.check(prepared.output()).problem());
      }
    }
    ModelRunner runner = ServiceLoader.load(ModelRunner.class).findFirst().orElseThrow();
    NodeProfile profile = runner.profile(file, Map.of("x0", Shape.of(2, 3, 8, 8)), 1, 3);
    assertTrue(profile.nanos() > 0);
    assertTrue(
        profile.nodes().stream().anyMatch(n -> n.operation().equals("Conv") && n.nanos() > 0),
        profile.toString());
  }

  @Override
  protected Set<String> abilities() {
    return Set.of(
        "conv nchwc",
        "conv nchw",
        "conv-transposed nchw",
        "gemm packed",
        "gemm plain",
        "linear packed",
        "max-pool nchw",
        "avg-pool nchw",
        "relu plain",
        "tanh plain",
        "softmax plain",
        "sigmoid plain",
        "gelu plain",
        "add-relu plain",
        "layer-norm plain",
        "sum-rows plain",
        "sum-columns plain",
        "transpose plain",
        "lrn nchw",
        "batch-norm-relu nchw",
        "global-avg-pool nchw",
        "instance-norm nchw",
        "concat nchw",
        "pad nchw",
        "slice nchw",
        "resize-linear nchw",
        "resize-nearest nchw",
        "linear-int8 packed",
        "linear-bfloat16 packed");
  }
}
