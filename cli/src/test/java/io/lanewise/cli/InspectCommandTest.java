package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.onnx.export.OnnxExport;
import io.lanewise.onnx.file.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  private Path lenet5() throws IOException {
    Sequential net = LeNet5.create(10);
    net.build(LeNet5.inputShape(1), new Random(1));
    Path file = folder.resolve("lenet5.onnx");
    new OnnxWriter().write(OnnxExport.of(net, LeNet5.inputShape(1)).model(), file);
    return file;
  }

  @Test
  void tellsWhatIsInAModel() throws IOException {
    Path file = lenet5();
    String text = CommandRun.of("inspect", file, "--initializers", 2).succeeded().out();
    assertEquals(
        """
        model           %s
        format          ONNX, IR version 8
        written by      lanewise
        operator set    ai.onnx 17
        input           input: float[n, 1, 32, 32]
        output          output: float[n, 10]

        nodes           12
                     4  Tanh
                     3  Gemm
                     2  AveragePool
                     2  Conv
                     1  Flatten

        parameters      61,706 in 10 initializers, 247 kB
                192 kB  c5.weight: float[120, 400]
               40.3 kB  f6.weight: float[84, 120]
        """
            .formatted(file),
        text);
  }

  @Test
  void tellsWhatItTakesToCompute() throws IOException {
    String text =
        CommandRun.of("inspect", lenet5(), "--shape", "input=1x1x32x32").succeeded().out();
    assertTrue(text.contains("\ncomputed with   input=1x1x32x32\n"), text);
    // 416,520 multiply-adds, 357,600 of them in convolutions, and 6,000 operations in the others
    assertTrue(text.contains("\noperations      839 kFLOP"), text);
    assertTrue(text.matches("(?s).*\nmemory          [1-9][\\d.]* kB for values.*"), text);
    assertTrue(text.contains(" after folding and fusing"), text);
  }

  @Test
  void wrongShapes() throws IOException {
    Path file = lenet5();
    CommandRun.of("inspect", file, "--shape", "input").refusedWith("NAME=DIMS", "'input'");
    CommandRun.of("inspect", file, "--shape", "input=1xa").refusedWith("1x3x224x224", "1xa");
    CommandRun.of("inspect", file, "--shape", "input=99999x99999").refusedWith("99999x99999");
    CommandRun.of("inspect", file, "--shape", "x=1", "--shape", "input=1x1x32x32")
        .refusedWith("no input 'x'", "expected input");
    CommandRun.of("inspect", file, "--shape", "x=1").refusedWith("sizes of input 'input: float");
    CommandRun.of("inspect", file, "--initializers", -1).refusedWith("at least 0, got -1");
    CommandRun.of("inspect", file, "--shape", "input=1x1x32").failedWith("input", "[1, 1, 32]");
  }

  @Test
  void whatIsNoModel() throws IOException {
    Path file = Files.writeString(folder.resolve("page.onnx"), "<!DOCTYPE html>");
    CommandRun.of("inspect", file).failedWith("page.onnx", "at byte");
    CommandRun.of("inspect", folder.resolve("none.onnx")).failedWith("none.onnx", "not exist");
    CommandRun.of("inspect").refusedWith("Missing required parameter", "MODEL");
    assertFalse(Files.exists(folder.resolve("none.onnx")));
  }
}
