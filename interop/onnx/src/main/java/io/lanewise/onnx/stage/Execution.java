package io.lanewise.onnx.stage;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One run of a program through all its stages.
 *
 * @param cancelled asked before each node
 * @param seen takes each stage that ran, and what its nodes took; null if nobody wants to know
 */
public record Execution(Parallel parallel, BooleanSupplier cancelled, List<Seen> seen) {
  /**
   * A stage that ran.
   *
   * @param nanos of each node of its graph; empty if it has none
   */
  public record Seen(Stage stage, List<long[]> nanos) {}

  /**
   * Runs.
   *
   * @param in the program's inputs
   * @param out where its outputs go; what is not set, or does not fit, is allocated
   * @param kept which outputs are to be where they are
   * @throws OnnxException if one of those is not of the output's type
   */
  public void run(Program program, Feed in, Feed out, boolean[] kept) {
    Program current = program;
    Feed feed = in;
    while (true) {
      Stage stage = current.stage(feed);
      if (stage.ending().isEmpty()) {
        finish(stage, feed, out, kept);
        return;
      }
      Ending ending = stage.ending().get();
      Feed next = new Feed(stage.outputs());
      for (int i = 0; i < stage.outputs(); i++) {
        next.allocate(i, stage.outputType(i));
      }
      run(stage, feed, next);
      feed = feed(program, ending, stage, next);
      current = ending.next();
    }
  }

  private void finish(Stage stage, Feed in, Feed out, boolean[] kept) {
    for (int i = 0; i < stage.outputs(); i++) {
      boolean fits = out.has(i) && out.isOf(i, stage.outputType(i));
      if (!fits && !kept[i]) {
        out.allocate(i, stage.outputType(i));
      } else if (!fits) {
        throw new OnnxException(
            "output '%s' is %s, got room for %s"
                .formatted(stage.outputName(i), stage.outputType(i), out.type(i)));
      }
    }
    run(stage, in, out);
  }

  private void run(Stage stage, Feed in, Feed out) {
    List<long[]> nanos = seen == null ? null : new ArrayList<>();
    stage.run(in, out, parallel, cancelled, nanos);
    if (seen != null) {
      seen.add(new Seen(stage, nanos));
    }
  }

  /** What the next program reads: what the stage gave, and what runs on the host in between. */
  private Feed feed(Program program, Ending ending, Stage stage, Feed given) {
    Map<String, TypedTensor> values = new HashMap<>();
    for (int i = 0; i < stage.outputs(); i++) {
      values.put(stage.outputName(i), given.typed(i));
    }
    ending
        .onHost()
        .ifPresent(n -> values.putAll(HostNodes.evaluate(n, program.opsets(), values, cancelled)));
    List<String> inputs = ending.next().inputs();
    Feed feed = new Feed(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      feed.set(i, values.get(inputs.get(i)));
    }
    return feed;
  }
}
