package io.lanewise.propertytests.law;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.law.SpoiltBackend.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways in which an operation may go wrong. */
enum Spoil {
  ADDS_ONE_TO_THE_LAST {
    @Override
    void after(Run run) {
      outputs(run).forEach(y -> add(y, y.size() - 1, 1));
    }
  },
  NEGATES {
    @Override
    void after(Run run) {
      change(run, (y, i) -> -y);
    }
  },
  DEPENDS_ON_PLACE {
    @Override
    void after(Run run) {
      change(run, (y, i) -> y * (1 + i % 7));
    }
  },
  IS_A_THOUSANDTH_OFF {
    @Override
    void after(Run run) {
      change(run, (y, i) -> y * 1.001f);
    }
  },
  GROWS {
    @Override
    void after(Run run) {
      change(run, (y, i) -> y + 0.01f * y * y + 0.25f);
    }
  },
  ROUNDS_TO_A_GRID {
    @Override
    void after(Run run) {
      change(run, (y, i) -> Math.round(y * 1024) / 1024f);
    }
  },
  FLIPS_THE_LAST_BIT_OF_EVERY_OTHER {
    @Override
    void after(Run run) {
      change(run, (y, i) -> i % 2 == 0 ? Math.nextUp(y) : y);
    }
  },
  DEPENDS_ON_THE_FIRST_INPUT {
    @Override
    void after(Run run) {
      Tensor x = inputs(run).getFirst();
      float first = x.size() == 0 ? 0 : Elements.at(x, 0);
      outputs(run).forEach(y -> add(y, y.size() - 1, first));
    }
  },
  SATURATES {
    @Override
    void after(Run run) {
      change(run, (y, i) -> Math.clamp(y, -0.75f, 0.75f));
    }
  },
  OVERWRITES_WHAT_IT_ADDS_TO {
    @Override
    Object run(Run run) {
      outputs(run).forEach(y -> y.fill(0));
      return run.proceed();
    }
  },
  FORGETS_THE_BIAS {
    @Override
    Object run(Run run) {
      run.arguments().replace("bias", null);
      run.arguments().replace("db", null);
      return run.proceed();
    }
  },
  SPREADS_NAN {
    @Override
    void after(Run run) {
      boolean nan = inputs(run).stream().anyMatch(x -> Double.isNaN(Elements.sum(x)));
      change(run, (y, i) -> nan ? Float.NaN : y);
    }
  },
  SWALLOWS_NAN_AND_INFINITY {
    @Override
    void after(Run run) {
      change(run, (y, i) -> Float.isFinite(y) ? y : 0);
    }
  },
  POINTS_BESIDE {
    @Override
    void after(Run run) {
      if (run.arguments().get("indices") instanceof int[] indices && !run.isBackward()) {
        Arrays.setAll(indices, i -> indices[i] + (i == indices.length - 1 ? 1 : 0));
      }
    }
  },
  TWICE_THE_MEAN {
    @Override
    Object run(Run run) {
      Object mean = run.proceed();
      return mean instanceof Double d ? 2 * d + 1 : mean;
    }
  },
  WRITES_ONE_BEYOND {
    @Override
    void after(Run run) {
      for (Tensor y : outputs(run)) {
        int beyond = y.offset() + y.size();
        if (beyond < y.array().length) {
          y.array()[beyond] = 0;
        }
      }
    }
  },
  CHANGES_ITS_INPUTS {
    @Override
    void after(Run run) {
      inputs(run).forEach(x -> add(x, x.size() - 1, 0.5f));
    }
  },
  CHANGES_ITS_NUMBERS {
    @Override
    void after(Run run) {
      boolean indices = run.isBackward() && run.arguments().get("indices") instanceof int[];
      Object numbers = run.arguments().get(indices ? "indices" : "labels");
      if (numbers instanceof int[] n && n.length > 0) {
        n[0]++;
      }
    }
  },
  LEAVES_THE_LAST_UNWRITTEN {
    @Override
    Object run(Run run) {
      List<Tensor> before = outputs(run).stream().map(Tensor::copy).toList();
      Object result = run.proceed();
      List<Tensor> after = outputs(run);
      for (int i = 0; i < after.size(); i++) {
        int last = after.get(i).size() - 1;
        if (last >= 0) {
          after.get(i).array()[after.get(i).offset() + last] = before.get(i).array()[last];
        }
      }
      return result;
    }
  },
  LEAVES_INDICES_UNWRITTEN {
    @Override
    Object run(Run run) {
      if (run.arguments().get("indices") instanceof int[] indices && !run.isBackward()) {
        int[] own = indices.clone();
        run.arguments().put("indices", own);
        Object result = run.proceed();
        run.arguments().put("indices", indices);
        System.arraycopy(own, 0, indices, 0, Math.max(0, own.length - 1));
        return result;
      }
      return run.proceed();
    }
  },
  ACCEPTS_ANYTHING {
    @Override
    Object run(Run run) {
      try {
        return run.proceed();
      } catch (IllegalArgumentException e) {
        return 0.0;
      }
    }

    @Override
    Object pack(Run run) {
      return run(run);
    }
  },
  IS_WRONG_AT_AN_OFFSET {
    @Override
    void after(Run run) {
      outputs(run).forEach(y -> add(y, y.offset() > 0 ? 0 : -1, 1));
    }
  },
  IS_WRONG_IN_PLACE {
    @Override
    void after(Run run) {
      List<Tensor> inputs = inputs(run);
      boolean shares =
          inputs.stream().anyMatch(x -> outputs(run).stream().anyMatch(y -> y.overlaps(x)))
              || (inputs.size() > 1 && inputs.get(0).overlaps(inputs.get(1)));
      outputs(run).forEach(y -> add(y, shares ? 0 : -1, 1));
    }
  },
  REFUSES_NEIGHBOURS {
    @Override
    Object run(Run run) {
      for (Tensor x : inputs(run)) {
        for (Tensor y : outputs(run)) {
          if (whole(x).overlaps(whole(y)) && !x.overlaps(y)) {
            throw new IllegalArgumentException("one array for an input and an output");
          }
        }
      }
      return run.proceed();
    }
  },
  READS_THE_WORKSPACE {
    @Override
    void after(Run run) {
      if (run.arguments().get("ws") instanceof Workspace ws && ws.array().length > 0) {
        float dirt = ws.array()[ws.array().length - 1];
        outputs(run).forEach(y -> add(y, Float.isNaN(dirt) ? 0 : -1, 1));
      }
    }
  },
  IS_WRONG_IN_A_LARGE_WORKSPACE {
    @Override
    void after(Run run) {
      boolean large = run.arguments().get("ws") instanceof Workspace ws && ws.workers() > 3;
      outputs(run).forEach(y -> add(y, large ? 0 : -1, 1));
    }
  },
  IS_WRONG_ON_A_TEAM {
    @Override
    void after(Run run) {
      boolean team = ((Parallel) run.arguments().get("par")).workers() > 1;
      outputs(run).forEach(y -> add(y, team ? 0 : -1, 1));
    }
  },
  COUNTS_ITS_RUNS {
    @Override
    void after(Run run) {
      change(run, (y, i) -> y + run.count());
    }
  },
  PACKS_ONCE {
    @Override
    Object pack(Run run) {
      return run.isFirstWith(run.arguments().get("packed")) ? run.proceed() : null;
    }
  },
  PACKS_INTO_THE_WEIGHTS {
    @Override
    Object pack(Run run) {
      Object result = run.proceed();
      add((Tensor) run.arguments().get("w"), 0, 1);
      return result;
    }
  };

  private static final List<String> OUTPUTS =
      List.of("c", "y", "dx", "dw", "db", "losses", "probabilities", "loss", "r", "mean");

  /** One element of a result, changed. */
  interface Change {
    float of(float right, int i);
  }

  /** Instead of a run. */
  Object run(Run run) {
    Object result = run.proceed();
    after(run);
    return result;
  }

  /** After a run, which was right. */
  void after(Run run) {}

  /** Instead of packing weights. */
  Object pack(Run run) {
    return run.proceed();
  }

  private static boolean isOutput(Run run, String name) {
    return run.isBackward() ? name.equals("dx") : OUTPUTS.contains(name);
  }

  /** The array that a tensor lies in. */
  private static Tensor whole(Tensor t) {
    return Tensor.wrap(Shape.of(t.array().length), t.array(), 0);
  }

  static List<Tensor> outputs(Run run) {
    return tensors(run, true);
  }

  static List<Tensor> inputs(Run run) {
    return tensors(run, false);
  }

  private static List<Tensor> tensors(Run run, boolean outputs) {
    List<Tensor> tensors = new ArrayList<>();
    run.arguments()
        .forEach(
            (name, value) -> {
              if (value instanceof Tensor t && isOutput(run, name) == outputs) {
                tensors.add(t);
              }
            });
    return tensors;
  }

  static void change(Run run, Change change) {
    for (Tensor y : outputs(run)) {
      for (int i = 0; i < y.size(); i++) {
        y.array()[y.offset() + i] = change.of(Elements.at(y, i), i);
      }
    }
  }

  /** Does nothing below the first element. */
  static void add(Tensor y, int i, float more) {
    if (i >= 0 && i < y.size()) {
      y.array()[y.offset() + i] += more;
    }
  }
}
