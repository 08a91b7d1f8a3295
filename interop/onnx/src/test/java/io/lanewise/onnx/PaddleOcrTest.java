package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PP-OCR's networks, versions 3 and 4, give what ONNX Runtime does, for images of five sizes. */
class PaddleOcrTest {
  private static final double TOLERANCE = 1e-4;
  private static final int[][] PAGES = {{64, 64}, {96, 160}, {128, 64}, {160, 224}, {32, 320}};
  private static final int[][] LINES = {{48, 48}, {48, 100}, {48, 160}, {48, 320}, {48, 333}};
  private static final int[][] ANGLES = {{48, 192}, {48, 96}, {48, 48}, {48, 144}, {48, 320}};

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "ch_PP-OCRv3_det_infer",
    "ch_PP-OCRv4_det_infer",
    "ch_PP-OCRv3_rec_infer",
    "ch_PP-OCRv4_rec_infer",
    "ch_ppocr_mobile_v2.0_cls_infer"
  })
  void givesWhatOnnxRuntimeDoes(String name) throws Exception {
    byte[] bytes = model(name);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxSession ours = OnnxSession.load(bytes, SessionOptions.defaults());
        OrtSession theirs = environment.createSession(bytes)) {
      int[][] sizes = name.contains("det") ? PAGES : name.contains("rec") ? LINES : ANGLES;
      for (int i = 0; i < sizes.length; i++) {
        check(name, ours, theirs, image(i % 2 + 1, sizes[i]));
      }
    }
  }

  private static byte[] model(String name) throws IOException {
    try (InputStream in = PaddleOcrTest.class.getResourceAsStream("/models/" + name + ".onnx")) {
      return in.readAllBytes();
    }
  }

  private static Tensor image(int n, int[] size) {
    Tensor x = Tensor.zeros(n, 3, size[0], size[1]);
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(size));
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  private static void check(String name, OnnxSession ours, OrtSession theirs, Tensor x)
      throws Exception {
    String input = ours.inputs().getFirst().name();
    String output = ours.outputs().getFirst().name();
    Tensor y = ours.run(Map.of(input, x)).get(output);
    long[] dims = Arrays.stream(x.shape().toArray()).asLongStream().toArray();
    try (OnnxTensor image =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(x.array()), dims);
        OrtSession.Result result = theirs.run(Map.of(input, image))) {
      OnnxTensor expected = (OnnxTensor) result.get(0);
      int[] shape =
          Arrays.stream(expected.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
      assertArrayEquals(shape, y.shape().toArray());
      requireNear(name + " " + x.shape(), y.toArray(), expected.getFloatBuffer(), y.shape());
    }
  }

  private static void requireNear(String what, float[] y, FloatBuffer expected, Shape shape) {
    double off = 0;
    for (int i = 0; i < y.length; i++) {
      off = Math.max(off, Math.abs((double) y[i] - expected.get(i)));
    }
    double difference = off;
    assertTrue(off <= TOLERANCE, () -> what + " to " + shape + ": off by " + difference);
  }
}
