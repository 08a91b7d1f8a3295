package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.propertytests.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each subject gets its own lines of a list. */
class RegressionsTest {
  private static List<String> texts(Stream<?> shapes) {
    return shapes.map(Object::toString).toList();
  }

  @Test
  void aLineBelongsToTheOperationThatItNames() {
    Regressions r =
        Regressions.of(
            """
            # a comment

            n1 ic2 ih3 oc4 kh1 # forward: a lane too many
              conv-backward-weights n2 ic1 ih2 oc1 kh2
            m1 n2 k3 ta
            gemm m4 n5 k6
            linear-backward-data n1 in2 out3
            max-pool n1 c1 ih4 kh2
            avg-pool-backward n1 c1 ih5 kh2
            relu 2x3
            tanh-backward 7
            tanh
            softmax 1x9
            softmax-cross-entropy 2x9
            """);
    assertEquals(List.of("n1 ic2 ih3 oc4 kh1", "n2 ic1 ih2 oc1 kh2"), texts(r.convs()));
    assertEquals(List.of("m1 n2 k3 ta", "m4 n5 k6"), texts(r.gemms()));
    assertEquals(List.of("n1 in2 out3"), texts(r.linears()));
    assertEquals(List.of("n1 c1 ih4 kh2", "n1 c1 ih5 kh2"), texts(r.pools()));
    assertEquals(List.of("relu 2x3", "tanh 7", "tanh"), texts(r.activations()));
    assertEquals(List.of("n1 classes9", "n2 classes9"), texts(r.rows()));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Regressions.of("softmax n1").rows().toList());
    assertEquals("softmax takes rows x classes, such as 128x1000, got 'n1'", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Regressions.of("swish 2").convs().toList());
  }

  @Test
  void everyLineOfTheSharedFileIsASubjects() throws Exception {
    String text = Files.readString(Path.of("..", "benchmarks", "shapes", "regressions.txt"));
    List<Subject<?>> subjects =
        List.of(
            ConvSubject.INSTANCE,
            GemmSubject.INSTANCE,
            LinearSubject.INSTANCE,
            PoolSubject.INSTANCE,
            ActivationSubject.INSTANCE,
            RowsSubject.SOFTMAX);
    int all = subjects.stream().mapToInt(s -> s.regressions().size()).sum();
    assertEquals(Regressions.of(text).size(), all);
    assertEquals(
        texts(Regressions.of(text).convs()), texts(ConvSubject.INSTANCE.regressions().stream()));
  }
}
