package io.lanewise.onnx.export;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.batchNorm2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.maxPool2d;
import static io.lanewise.layers.Layers.relu;
import static io.lanewise.layers.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.file.OnnxWriter;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
  /** A network and the input that it takes. */
  record Case(Sequential net, Shape input) {
    Case {
      net.build(input, new Random(1));
      net.parameters().forEach(p -> addNoise(p.value())); // biases start from 0, which hides them
      net.statistics().values().forEach(Case::addNoise);
    }

    private static void addNoise(Tensor t) {
      Random random = new Random(2);
      for (int i = 0; i < t.array().length; i++) {
        t.array()[i] += 0.1f * (float) random.nextGaussian(); // a variance stays above 0
      }
    }

    @Override
    public String toString() {
      return net.toString();
    }
  }

  /** Every layer there is, with every option. */
  static Stream<Case> networks() {
    Shape images = Shape.of(1, 4, 13, 11);
    return Stream.of(
        new Case(LeNet5.create(10), LeNet5.inputShape(1)),
        new Case(Sequential.of(conv2d(6, 3)), images),
        new Case(Sequential.of(conv2d(6, 3).noBias().stride(2, 3).dilation(2, 1)), images),
        new Case(
            Sequential.of(conv2d(8, 3).groups(2).padding(new Padding(1, 0, 2, 1)).stride(2)),
            images),
        new Case(Sequential.of(conv2d(4, 5).groups(4).padding(2).relu()), images),
        new Case(Sequential.of(batchNorm2d()), images),
        new Case(Sequential.of(conv2d(6, 3).noBias(), batchNorm2d().epsilon(0.25), relu()), images),
        new Case(Sequential.of(avgPool2d(3, 2, 1)), images),
        new Case(Sequential.of(avgPool2d(3, 2, 1).excludePadding()), images),
        new Case(Sequential.of(avgPool2d(2)), images),
        new Case(Sequential.of(maxPool2d(3, 2, 1)), images),
        new Case(Sequential.of(maxPool2d(2), flatten(), linear(7).noBias(), tanh()), images),
        new Case(Sequential.of(linear(5), relu(), linear(3)), Shape.of(1, 9)));
  }

  private static Tensor forward(Sequential net, Tensor x) {
    return net.forward(x, Context.inference(Backend.best(), Parallel.SEQUENTIAL));
  }

  private static float[] onnxRuntime(byte[] model, Tensor x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] dims = Arrays.stream(x.shape().toArray()).asLongStream().toArray();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.toArray()), dims);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[y.remaining()];
      y.get(values);
      return values;
    }
  }

  private static Tensor random(Shape shape) {
    Random random = new Random(3);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) random.nextGaussian();
    }
    return t;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onnxRuntimeComputesTheSame(Case c) throws OrtException {
    for (int opset : new int[] {OnnxExport.OLDEST_OPSET, 17, OnnxExport.NEWEST_OPSET}) {
      byte[] model = new OnnxWriter().toBytes(OnnxExport.of(c.net, c.input).opset(opset).model());
      for (int batch : new int[] {1, 3}) {
        Tensor x = random(c.input.withFirst(batch));
        assertArrayEquals(forward(c.net, x).toArray(), onnxRuntime(model, x), 1e-5f);
      }
    }
  }

  @Test
  void namesAreKept() {
    Case c = new Case(LeNet5.create(10), LeNet5.inputShape(1));
    OnnxModel m =
        new OnnxReader().read(new OnnxWriter().toBytes(OnnxExport.of(c.net, c.input).model()));
    assertEquals(
        List.copyOf(c.net.namedParameters().keySet()),
        List.copyOf(m.graph().initializers().keySet()));
    c.net
        .namedParameters()
        .forEach(
            (name, p) ->
                assertArrayEquals(
                    p.value().toArray(), m.graph().initializers().get(name).floats(), name));
    assertEquals(
        c.net.entries().stream().map(Sequential.Entry::name).toList(),
        m.graph().nodes().stream().map(OnnxNode::name).toList());
    ValueInfo input = m.graph().inputs().getFirst();
    assertEquals("input", input.name());
    assertTrue(input.type().toString().contains("[n, 1, 32, 32]"), input::toString);
    assertEquals("output", m.graph().outputs().getFirst().name());
    assertEquals(Map.of("", 17L), m.opsets());
    assertEquals("lanewise", m.producer());
  }

  @Test
  void theBatchMayBeFixed() {
    Case c = new Case(Sequential.of(linear(5)), Shape.of(4, 9));
    OnnxModel m = OnnxExport.of(c.net, c.input).fixedBatch().model();
    assertTrue(m.graph().inputs().getFirst().type().toString().contains("[4, 9]"), m::toString);
    assertTrue(m.graph().outputs().getFirst().type().toString().contains("[4, 5]"), m::toString);
  }

  /** Layers may be named as the input, the output, or as another's parameter. */
  @Test
  void namesThatCollide() throws OrtException {
    Sequential net =
        Sequential.builder()
            .add("input", linear(5))
            .add("output", relu())
            .add("input.weight", tanh())
            .add("last", linear(2))
            .build();
    Case c = new Case(net, Shape.of(1, 3));
    Tensor x = random(c.input);
    byte[] model = new OnnxWriter().toBytes(OnnxExport.of(net, c.input).model());
    assertArrayEquals(forward(net, x).toArray(), onnxRuntime(model, x), 1e-5f);
  }

  @Test
  void whatCannotBeExportedIsNamed() {
    Layer own =
        new Layer() {
          @Override
          public Shape outputShape(Shape x) {
            return x;
          }

          @Override
          public Tensor forward(Tensor x, Context ctx) {
            return x;
          }

          @Override
          public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
            return dy;
          }

          @Override
          public String toString() {
            return "Own";
          }
        };
    Shape x = Shape.of(1, 3);
    refused("layer '1': no ONNX operator is known for Own", Sequential.of(relu(), own), x, 17);
    refused("layer '0': expected parameters, got none", Sequential.of(linear(3)), x, 17);
    Shape image = Shape.of(1, 2, 3, 3);
    refused("layer '0': expected parameters", Sequential.of(batchNorm2d()), image, 17);
    refused("a network with layers", Sequential.of(), x, 17);
    refused("takes images", Sequential.of(conv2d(3, 3)), x, 17);
    refused("operator set 13 to 22, got 12", Sequential.of(relu()), x, 12);
    refused("operator set 13 to 22, got 23", Sequential.of(relu()), x, 23);
  }

  private static void refused(String expected, Sequential net, Shape x, int opset) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> OnnxExport.of(net, x).opset(opset).model());
    assertTrue(e.getMessage().contains(expected), e::toString);
  }
}
