package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.catalogue.Example;
import io.lanewise.kernels.catalogue.Operation;
import io.lanewise.kernels.catalogue.OperationCheck;
import io.lanewise.kernels.catalogue.Operations;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpsCommandTest {
  private static final String HEAD = "| family | operation | axes | backward |";

  @Test
  void textShowsEveryOperationAndItsDifference() {
    String text = CommandRun.of("ops").succeeded().out();
    List<String> lines = text.lines().toList();
    assertEquals(Operations.all().size() + 3, lines.size(), text);
    assertTrue(lines.get(0).matches("family +operation +axes +forward +backward"), text);
    assertTrue(text.contains(Backend.best().describe()), text);
    String huber = lines.stream().filter(l -> l.contains("huber")).findFirst().orElseThrow();
    assertTrue(huber.matches("loss +huber +any +\\d\\.\\de-\\d\\d +\\d\\.\\de-\\d\\d"), huber);
  }

  @Test
  void familiesAreChosen() {
    String text = CommandRun.of("ops", "--family", "matrix,loss").succeeded().out();
    assertTrue(text.contains("matrix product"), text);
    assertTrue(text.contains("huber"), text);
    assertFalse(text.contains("softmax"), text);
    CommandRun.of("ops", "--family", "los")
        .refusedWith("--family", "there is no 'los'", "matrix", "did you mean 'loss'?");
    CommandRun.of("ops", "--format", "xml").refusedWith("--format", "'xml'");
  }

  @Test
  void jsonIsWellFormed() throws Exception {
    String text = CommandRun.of("ops", "--format", "json", "--family", "matrix").succeeded().out();
    int operations = 0;
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        operations += t == JsonToken.FIELD_NAME && parser.currentName().equals("family") ? 1 : 0;
      }
    }
    assertEquals(2, operations, text);
    assertTrue(text.contains("\"forwardDifference\" : "), text);
    assertTrue(text.contains("\"agrees\" : true"), text);
  }

  /** What the document shows between its table's head and the next empty line. */
  @Test
  void theDocumentsTableIsThisOne() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("CONTRIBUTING.md"))) {
      root = root.getParent();
    }
    String document = Files.readString(root.resolve("docs/operations.md"));
    int at = document.indexOf(HEAD);
    assertTrue(at >= 0, "docs/operations.md has no table");
    String table = CommandRun.of("ops", "--format", "markdown").succeeded().out();
    assertEquals(
        table,
        document.substring(at),
        "docs/operations.md is old; put there what ./lanewise ops --format markdown prints");
  }

  private static OperationCheck check(Example example) {
    Operation op = Operation.of("family", "name", List.of(2), example);
    return OperationCheck.of(op, Backend.best(), other());
  }

  private static Backend other() {
    return CpuBackend.scalar();
  }

  /** An example that tells the backends apart. */
  private static Tensor result(Backend backend, float best, float other) {
    return Tensor.of(Shape.of(1), backend.describe().equals(other().describe()) ? other : best);
  }

  @Test
  void whatDisagreesIsSeen() {
    assertTrue(check((b, axes) -> List.of(result(b, 1.00001f, 1))).agrees());
    assertFalse(check((b, axes) -> List.of(result(b, 1.001f, 1))).agrees());
    assertFalse(check((b, axes) -> List.of(result(b, Float.NaN, 1))).agrees());
    assertTrue(check((b, axes) -> List.of(result(b, Float.NaN, Float.NaN))).agrees());
    OperationCheck missing =
        check(
            (b, axes) -> {
              throw new UnsupportedOperationException("none");
            });
    assertFalse(missing.offered());
    StringWriter text = new StringWriter();
    OpsTable.text(List.of(missing), "nothing", new PrintWriter(text, true));
    assertTrue(text.toString().contains("not offered"), text::toString);
  }

  @Test
  void axesAreShort() {
    Example none = (backend, axes) -> List.of();
    assertEquals("any", OpsTable.axes(Operation.of("f", "n", Operation.ANY, none)));
    assertEquals("1-3", OpsTable.axes(Operation.of("f", "n", Operation.SPATIAL, none)));
    assertEquals("2", OpsTable.axes(Operation.of("f", "n", List.of(2), none)));
    assertEquals("1, 3", OpsTable.axes(Operation.of("f", "n", List.of(1, 3), none)));
  }
}
