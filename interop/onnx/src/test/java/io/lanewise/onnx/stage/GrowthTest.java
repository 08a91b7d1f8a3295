package io.lanewise.onnx.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TestModel;
import io.lanewise.onnx.model.OnnxException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few bytes of a model do not make gigabytes of constants. */
class GrowthTest {
  private static TypedTensor longs(String text) {
    String[] values = text.split(" ");
    long[] v = Arrays.stream(values).mapToLong(Long::parseLong).toArray();
    return TypedTensor.of(ElementType.INT64, v.length == 1 ? Shape.of() : Shape.of(v.length), v);
  }

  /** y = op(constants); the first is a vector of the given values, or a scalar. */
  private static OnnxSession session(String op, String... constants) {
    TestModel model = TestModel.opset(18).input("x", ElementType.INT64, -1);
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < constants.length; i++) {
      if (!constants[i].isEmpty()) {
        model.constant("c" + i, longs(constants[i]));
      }
      names.append(i == 0 ? "" : " ").append(constants[i].isEmpty() ? "-" : "c" + i);
    }
    model.node(op, names.toString(), "made").node("Size", "made", "n").node("Add", "x n", "y");
    return OnnxSession.of(model.outputs("y").build(), SessionOptions.defaults().threads(1));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "ConstantOfShape | 4097 4096 | | ",
        "Expand | 1 2 | 16777216 2 | ",
        "Tile | 1 2 3 | 9000000 | ",
        "OneHot | 1 2 3 | 9000000 | 0 1",
        "Range | 0 | 16777218 | 1",
        "Range | 0 | -1073741824 | -63",
        "Pad | 1 2 | 16777216 0 | ",
      },
      delimiter = '|')
  void isRefused(String op, String first, String second, String third) {
    String[] all = {first, second, third};
    String[] given = Arrays.stream(all).filter(c -> c != null).toArray(String[]::new);
    if (op.equals("Tile") || op.equals("OneHot")) {
      given[1] = given[1].trim();
    }
    OnnxException e = assertThrows(OnnxException.class, () -> session(op, given));
    assertTrue(e.getMessage().contains("(" + op + ")"), e::getMessage);
    assertTrue(e.getMessage().contains("at most 16777216"), e::getMessage);
  }

  @Test
  void whatIsNotLargeIsMade() {
    OnnxSession s = session("ConstantOfShape", "300 2");
    TypedTensor y = s.runTyped(Map.of("x", TypedTensor.vector(1, 2))).get("y");
    assertEquals(602, y.longAt(1));
    OnnxSession padded = session("Pad", "1 2 3", "40 40");
    assertEquals(83, padded.runTyped(Map.of("x", TypedTensor.vector(0))).get("y").longAt(0));
  }
}
