package io.lanewise.onnx.conformance;

import io.lanewise.onnx.conformance.ConformanceResult.Outcome;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with {@code model.onnx} and data sets {@code test_data_set_N} of files {@code
 * input_N.pb} and {@code output_N.pb}.
 *
 * @param name what it is called
 * @param folder where it is
 */
public record ConformanceCase(String name, Path folder) {
  static final String MODEL = "model.onnx";

  /** Runs the model on each data set. */
  public ConformanceResult check(ModelExecutor executor, Tolerance tolerance) {
    try {
      OnnxModel model = new OnnxReader().read(folder.resolve(MODEL));
      try (ModelExecutor.Prepared prepared = executor.prepare(model)) {
        return check(model, prepared, tolerance);
      }
    } catch (OnnxUnsupportedException e) {
      return new ConformanceResult(name, Outcome.UNSUPPORTED, e.getMessage());
    } catch (IOException | RuntimeException e) {
      boolean told = e instanceof OnnxException && e.getMessage() != null;
      return new ConformanceResult(name, Outcome.FAILED, told ? e.getMessage() : e.toString());
    }
  }

  private ConformanceResult check(
      OnnxModel model, ModelExecutor.Prepared prepared, Tolerance tolerance) throws IOException {
    List<Path> sets;
    try (Stream<Path> entries = Files.list(folder)) {
      sets = entries.filter(ConformanceCase::isDataSet).sorted().toList();
    }
    if (sets.isEmpty()) {
      return new ConformanceResult(name, Outcome.FAILED, "no folder test_data_set_N");
    }
    for (Path set : sets) {
      Map<String, HostValue> inputs = read(set, "input", inputs(model, count(set, "input")));
      Map<String, HostValue> expected = read(set, "output", model.graph().outputs());
      if (expected.isEmpty()) {
        return new ConformanceResult(name, Outcome.FAILED, set.getFileName() + " has no output");
      }
      Map<String, HostValue> got = prepared.run(inputs);
      for (Map.Entry<String, HostValue> e : expected.entrySet()) {
        Optional<String> difference = tolerance.difference(got.get(e.getKey()), e.getValue());
        if (difference.isPresent()) {
          String reason =
              "%s, output '%s': %s".formatted(set.getFileName(), e.getKey(), difference.get());
          return new ConformanceResult(name, Outcome.FAILED, reason);
        }
      }
    }
    return new ConformanceResult(name, Outcome.PASSED, "");
  }

  private static boolean isDataSet(Path entry) {
    return entry.getFileName().toString().startsWith("test_data_set_") && Files.isDirectory(entry);
  }

  private static Path file(Path set, String kind, int i) {
    return set.resolve(kind + "_" + i + ".pb");
  }

  private static int count(Path set, String kind) {
    int count = 0;
    while (Files.exists(file(set, kind, count))) {
      count++;
    }
    return count;
  }

  /** Inputs without a default where those are as many as the files, else the first inputs. */
  private static List<ValueInfo> inputs(OnnxModel model, int files) {
    List<ValueInfo> all = model.graph().inputs();
    List<ValueInfo> needed =
        all.stream().filter(i -> !model.graph().initializers().containsKey(i.name())).toList();
    return needed.size() == files ? needed : all;
  }

  private static Map<String, HostValue> read(Path set, String kind, List<ValueInfo> infos)
      throws IOException {
    int files = count(set, kind);
    if (files > infos.size()) {
      throw new OnnxException(
          "%s has %d files of kind %s for %d values"
              .formatted(set.getFileName(), files, kind, infos.size()));
    }
    Map<String, HostValue> values = new LinkedHashMap<>();
    for (ValueInfo info : new ArrayList<>(infos.subList(0, files))) {
      values.put(info.name(), ValueFile.read(file(set, kind, values.size()), info.type()));
    }
    return values;
  }
}
