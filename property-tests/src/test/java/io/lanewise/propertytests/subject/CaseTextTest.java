package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The laws' own text forms, read and refused. */
class CaseTextTest {
  @Test
  void readsWhatIsWrittenByHand() {
    assertEquals(
        new ActivationCase(Activation.relu(), Shape.of(2, 3, 17)),
        ActivationCase.parse(" relu  2x3x17 "));
    assertEquals(new ActivationCase(Activation.tanh(), Shape.of()), ActivationCase.parse("tanh"));
    assertEquals(new RowsShape(16, 10), RowsShape.parse("classes10 n16"));
    NetworkCase net =
        NetworkCase.parse(
            "n2 c3 ih9 iw8, conv out4 k3 p1 nobias, avgpool k2 s2 inside, flatten, linear out10");
    assertEquals(
        List.of(Kind.CONV, Kind.AVGPOOL, Kind.FLATTEN, Kind.LINEAR),
        net.layers().stream().map(LayerCase::kind).toList());
    assertEquals(
        List.of(
            Shape.of(2, 3, 9, 8),
            Shape.of(2, 4, 9, 8),
            Shape.of(2, 4, 4, 4),
            Shape.of(2, 64),
            Shape.of(2, 10)),
        net.shapes());
    assertEquals("Conv2d(4, 3x3, padding 1, no bias)", net.build().layers().getFirst().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "activation|relu 2x|2x3x17",
        "activation|swish 2|one of relu6, identity, relu",
        "activation|relu 2 3|more than a kind and a shape",
        "rows|n4|'classes' with a number is missing",
        "rows|n4 n5 classes2|'n' comes twice",
        "rows|n4 classes|'classes' with a number is missing",
        "rows|n4 classes0|classes >= 1",
        "network|n1 c1 ih4|'iw' with a number is missing",
        "network|n1 c1 ih4 iw4|and a layer",
        "network|n1 c1 ih4 iw4, dropout|not a layer: ' dropout'",
        "network|n1 c1 ih4 iw4, conv k3|'out' with a number is missing",
        "network|n1 c1 ih4 iw4, conv out1 k5|does not fit 4 positions",
        "network|n1 c1 ih4 iw4, relu k3|'k3' is not a word of it",
        "network|n1 c1 ih4 iw4, maxpool k2 p2|2p <= k",
        "network|n1 c3 ih4 iw4, conv out4 k1 g2|cannot take [1, 3, 4, 4]",
        "network|n1 c1 ih4 iw4, linear out3|cannot take [1, 1, 4, 4]"
      })
  void saysWhatItDoesNotUnderstand(String kind, String text, String message) {
    Function<String, Object> parse =
        switch (kind) {
          case "activation" -> ActivationCase::parse;
          case "rows" -> RowsShape::parse;
          default -> NetworkCase::parse;
        };
    Exception e = assertThrows(IllegalArgumentException.class, () -> parse.apply(text));
    assertTrue(e.getMessage().contains(message), e::getMessage);
  }
}
