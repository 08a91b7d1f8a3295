package io.lanewise.onnx.export;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.Sequential;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.List;
import java.util.Map;

/**
 * A network as an ONNX model: one node a layer, of its name; initializers named as the parameters,
 * which are shared, not copied. The input is named {@code input}, the output {@code output}, and
 * both take any batch size, named {@code n}.
 *
 * <pre>{@code
 * new OnnxWriter().write(OnnxExport.of(net, Shape.of(1, 1, 28, 28)).model(), Path.of("net.onnx"));
 * }</pre>
 */
public final class OnnxExport {
  /** The oldest operator set that can be asked for. */
  public static final int OLDEST_OPSET = 13;

  /** The newest operator set that can be asked for. */
  public static final int NEWEST_OPSET = 22;

  private static final int USUAL_OPSET = 17;

  private final Sequential net;
  private final Shape input;
  private final int opset;
  private final Dimension batch;

  private OnnxExport(Sequential net, Shape input, int opset, Dimension batch) {
    this.net = net;
    this.input = input;
    this.opset = opset;
    this.batch = batch;
  }

  /**
   * Prepares an export with operator set 17.
   *
   * @param net built: with parameters
   * @param input the input's shape, batch included
   * @throws IllegalArgumentException if the network cannot take the shape, has no layers or none of
   *     its parameters yet
   */
  public static OnnxExport of(Sequential net, Shape input) {
    net.outputShape(input);
    if (net.layers().isEmpty()) {
      throw new IllegalArgumentException("expected a network with layers, got none");
    }
    return new OnnxExport(net, input, USUAL_OPSET, Dimension.named("n"));
  }

  /**
   * With another operator set.
   *
   * @throws IllegalArgumentException if it is not from 13 to 22
   */
  public OnnxExport opset(int version) {
    if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
      throw new IllegalArgumentException(
          "expected operator set " + OLDEST_OPSET + " to " + NEWEST_OPSET + ", got " + version);
    }
    return new OnnxExport(net, input, version, batch);
  }

  /** For the batch size of the input's shape alone. */
  public OnnxExport fixedBatch() {
    return new OnnxExport(net, input, opset, Dimension.of(input.dim(0)));
  }

  /**
   * The model.
   *
   * @throws IllegalArgumentException if a layer has no operator in ONNX, naming it
   */
  public OnnxModel model() {
    GraphWriter graph = new GraphWriter(input, batch);
    List<Sequential.Entry> entries = net.entries();
    for (int i = 0; i < entries.size(); i++) {
      graph.add(entries.get(i), i == entries.size() - 1);
    }
    return new OnnxModel(
        irVersion(opset),
        "lanewise",
        "",
        Map.of("", (long) opset),
        graph.graph(),
        List.of(),
        Map.of());
  }

  /**
   * The version of the format that came with an operator set.
   *
   * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Versioning.md">ONNX Versioning</a>
   */
  private static long irVersion(int opset) {
    return opset < 15 ? 7 : opset < 19 ? 8 : opset < 21 ? 9 : 10;
  }
}
