"""Writes the loops over curves.py's functions, for vectors and scalars; edit those, never the output, then run mvn spotless:apply."""
import ast
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parents[1] / "kernels/src/main/java/io/lanewise/kernels"
SOURCE = ast.parse((HERE / "curves.py").read_text())
FUNCTIONS = {f.name: f for f in SOURCE.body if isinstance(f, ast.FunctionDef)}
NEAR, FILES = (ast.literal_eval(a.value) for a in SOURCE.body if isinstance(a, ast.Assign))
JAVA_CONSTANTS = {"INFINITY": "Float.POSITIVE_INFINITY", "NOT_A_NUMBER": "Float.NaN", "MAX_VALUE": "Float.MAX_VALUE", "MIN_NORMAL": "Float.MIN_NORMAL"}
COMPARE = {ast.Lt: ("LT", "<"), ast.LtE: ("LE", "<="), ast.Gt: ("GT", ">"), ast.GtE: ("GE", ">="), ast.Eq: ("EQ", "==")}
BINARY = {ast.Add: ("add", "+", 1), ast.Sub: ("sub", "-", 1), ast.Mult: ("mul", "*", 2), ast.Div: ("div", "/", 2)}


def constants():
    """Where each constant of the micro package is declared."""
    owner = {}
    for path in (BASE / "micro").glob("*Constants.java"):
        for name in re.findall(r"static final (?:float|int) (\w+)", path.read_text()):
            assert name not in owner, f"{name} is in {owner.get(name)} and {path.stem}"
            owner[name] = path.stem
    return owner


OWNER = constants()


RESERVED = ("i", "n", "src", "dst", "dy", "dx")  # in every loop


class Value:
    """An expression: its text, whether it is a vector ("v"), a mask ("m") or a constant ("s"), and how tightly it binds."""

    def __init__(self, text, kind, binds=9):
        self.text, self.kind, self.binds = text, kind, binds

    def within(self, level):
        return self.text if self.binds >= level else f"({self.text})"


def minus(a, kind):
    return Value(a.text[1:], kind) if re.fullmatch(r"-\w+", a.text) else Value(f"-{a.within(3)}", kind, 3)


class Writer:
    def __init__(self):
        self.lines, self.kinds, self.used = [], dict.fromkeys(RESERVED, ""), set()

    # -- statements

    def fresh(self, name):
        n, k = name, 2
        while n in self.kinds:
            n, k = f"{name}{k}", k + 1
        return n

    def assign(self, name, value):
        """Gives a value a name, unless it is one."""
        known = name in self.kinds
        if value.kind == "s":
            value = self.spread(value)
        if not known:
            self.kinds[name] = value.kind
        assert self.kinds[name] == value.kind, name
        self.lines.append(("" if known else self.type(value.kind) + " ") + f"{name} = {value.text};")

    def call(self, function, arguments):
        """The steps of a function in place of its call; returns its results."""
        names = {}
        written = {t.id for s in ast.walk(function) if isinstance(s, ast.Assign) for n in s.targets for t in ast.walk(n) if isinstance(t, ast.Name)}
        for parameter, value in zip([a.arg for a in function.args.args], arguments):
            if value.kind == "s" or (value.text.isidentifier() and parameter not in written):
                names[parameter] = value
            else:
                name = self.fresh(parameter)
                self.assign(name, value)
                names[parameter] = Value(name, value.kind)
        for s in function.body:
            if isinstance(s, ast.Expr):
                continue  # its docstring
            if isinstance(s, ast.Return):
                parts = s.value.elts if isinstance(s.value, ast.Tuple) else [s.value]
                return [self.expression(p, names) for p in parts]
            target = s.targets[0]
            if isinstance(target, ast.Tuple):
                results = self.call(FUNCTIONS[s.value.func.id], [self.expression(a, names) for a in s.value.args])
                for t, r in zip(target.elts, results):
                    self.bind(t.id, r, names)
            else:
                self.bind(target.id, self.expression(s.value, names), names)
        raise AssertionError(function.name)

    def bind(self, local, value, names):
        if value.text.isidentifier() and value.kind != "s" and local not in names:
            names[local] = value
            return
        old = names.get(local)
        reuse = old is not None and old.kind == value.kind and self.kinds.get(old.text) == old.kind
        name = old.text if reuse else self.fresh(local)
        self.assign(name, value)
        names[local] = Value(name, self.kinds[name])

    # -- expressions

    def expression(self, e, names):
        if isinstance(e, ast.Constant):
            return Value(f"{e.value}f", "s")
        if isinstance(e, ast.Name):
            if e.id in names:
                return names[e.id]
            if e.id not in JAVA_CONSTANTS:
                self.used.add(e.id)
            return Value(JAVA_CONSTANTS.get(e.id, e.id), "s")
        if isinstance(e, ast.UnaryOp):
            return self.negate(self.expression(e.operand, names))
        if isinstance(e, ast.BinOp):
            return self.binary(BINARY[type(e.op)], self.expression(e.left, names), self.expression(e.right, names))
        if isinstance(e, ast.Compare):
            return self.compare(COMPARE[type(e.ops[0])], self.expression(e.left, names), self.expression(e.comparators[0], names))
        name, arguments = e.func.id, [self.expression(a, names) for a in e.args]
        if name in FUNCTIONS:
            (result,) = self.call(FUNCTIONS[name], arguments)
            return result
        return getattr(self, name + "_")(*arguments)


class Vectors(Writer):
    def type(self, kind):
        return {"v": "FloatVector", "m": "VectorMask<Float>"}[kind]

    def spread(self, value):
        return Value(f"FloatVector.broadcast(V, {value.text})", "v") if value.kind == "s" else value

    def negate(self, a):
        return minus(a, "s") if a.kind == "s" else Value(f"{a.text}.neg()", "v")

    def binary(self, op, a, b):
        word, sign, level = op
        if a.kind == b.kind == "s":
            return Value(f"{a.within(level)} {sign} {b.within(level + 1)}", "s", level)
        if a.kind == "s" and word in ("add", "mul"):
            a, b = b, a
        return Value(f"{self.spread(a).text}.{word}({b.text})", "v")

    def compare(self, op, a, b):
        return Value(f"{a.text}.compare(VectorOperators.{op[0]}, {b.text})", "m")

    def fma_(self, a, b, c):
        if a.kind == "s":
            a, b = b, a
        return Value(f"{self.spread(a).text}.fma({self.spread(b).text}, {self.spread(c).text})", "v")

    def abs_(self, a):
        return Value(f"{a.text}.abs()", "v")

    def where_(self, mask, then, otherwise):
        return Value(f"{self.spread(otherwise).text}.blend({then.text}, {mask.text})", "v")

    def isnan_(self, a):
        return Value(f"{a.text}.test(VectorOperators.IS_NAN)", "m")

    def negative_(self, a):
        return Value(f"{a.text}.test(VectorOperators.IS_NEGATIVE)", "m")

    def raised_(self, p, t, word="add"):
        bits = f"{self.spread(t).text}.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23)"
        return Value(f"{self.spread(p).text}.reinterpretAsInts().{word}({bits}).reinterpretAsFloats()", "v")

    def lowered_(self, p, t):
        return self.raised_(p, t, "sub")

    def octave_(self, u):
        self.used |= {"HALF_ROOT", "ROUND_BITS"}
        return Value(f"{u.text}.reinterpretAsInts().sub(HALF_ROOT).lanewise(VectorOperators.ASHR, 23).add(ROUND_BITS).reinterpretAsFloats()", "v")

    def fraction_(self, u):
        self.used |= {"HALF_ROOT", "FRACTION"}
        return Value(f"{u.text}.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats()", "v")

    def load(self, name, array):
        self.lines.append(f"FloatVector {name} = FloatVector.fromArray(V, {array}, {array}Off + i);")

    def store(self, value):
        self.lines.append(f"{self.spread(value).text}.intoArray(dst, dstOff + i);")


class Scalars(Writer):
    def type(self, kind):
        return {"v": "float", "m": "boolean"}[kind]

    def spread(self, value):
        return Value(value.text, "v", value.binds) if value.kind == "s" else value

    def negate(self, a):
        return minus(a, a.kind)

    def binary(self, op, a, b):
        _, sign, level = op
        kind = "s" if a.kind == b.kind == "s" else "v"
        return Value(f"{a.within(level)} {sign} {b.within(level + 1)}", kind, level)

    def compare(self, op, a, b):
        return Value(f"{a.within(1)} {op[1]} {b.within(1)}", "m", 0)

    def fma_(self, a, b, c):
        return Value(f"math.fma({a.text}, {b.text}, {c.text})", "v")

    def abs_(self, a):
        return Value(f"Math.abs({a.text})", "v")

    def where_(self, mask, then, otherwise):
        return Value(f"{mask.text} ? {then.within(0)} : {otherwise.within(0)}", "v", -1)

    def isnan_(self, a):
        return Value(f"Float.isNaN({a.text})", "m")

    def negative_(self, a):
        return Value(f"Float.floatToRawIntBits({a.text}) < 0", "m", 0)

    def raised_(self, p, t, sign="+"):
        return Value(f"Float.intBitsToFloat(Float.floatToRawIntBits({p.text}) {sign} (Float.floatToRawIntBits({t.text}) << 23))", "v")

    def lowered_(self, p, t):
        return self.raised_(p, t, "-")

    def octave_(self, u):
        self.used |= {"HALF_ROOT", "ROUND_BITS"}
        return Value(f"Float.intBitsToFloat(((Float.floatToRawIntBits({u.text}) - HALF_ROOT) >> 23) + ROUND_BITS)", "v")

    def fraction_(self, u):
        self.used |= {"HALF_ROOT", "FRACTION"}
        return Value(f"Float.intBitsToFloat(((Float.floatToRawIntBits({u.text}) - HALF_ROOT) & FRACTION) + HALF_ROOT)", "v")

    def load(self, name, array):
        self.lines.append(f"float {name} = {array}[{array}Off + i];")

    def store(self, value):
        self.lines.append(f"dst[dstOff + i] = {value.text};")


PARAMETERS = ("p", "q", "r")
JAVA_NAMES = {"x": "src", "y": "src", "dy": "dy"}


def java_name(name):
    return re.sub(r"_(\w)", lambda m: m[1].upper(), name)


def near(name, w, arguments):
    """The shorter way, for vectors all of whose elements may take it; far ones are rare, so it comes first."""
    limit = NEAR[name].removeprefix("-")
    start, known = len(w.lines), dict(w.kinds)
    (result,) = w.call(FUNCTIONS[name + "_near"], arguments)
    w.store(result)
    w.lines[start:] = ["  " + line for line in w.lines[start:]]
    w.used.add(limit)
    w.lines.insert(start, f"if (!x.abs().compare(VectorOperators.GT, {NEAR[name]}).anyTrue()) {{")
    w.lines += ["  continue;", "}"]
    w.kinds = known


def method(name, kind, static):
    """The loop over one function, and the constants it uses."""
    f = FUNCTIONS[name]
    w = kind()
    loaded, scalars = [], []
    read = {n.id for n in ast.walk(f) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    arguments = []
    for a in (a.arg for a in f.args.args):
        if a in PARAMETERS:
            scalars.append(a)
            w.kinds[a] = "s"
            arguments.append(Value(a, "s"))
        else:
            local = {"dy": "g"}.get(a, a)
            w.kinds[local] = "v"
            if a in read:
                w.load(local, JAVA_NAMES[a])
            loaded.append(JAVA_NAMES[a])
            arguments.append(Value(local, "v"))
    if kind is Vectors and name in NEAR:
        near(name, w, arguments)
    (result,) = w.call(f, arguments)
    w.store(result)
    out = "dx" if "dy" in loaded else "dst"
    w.lines = [line.replace("dst, dstOff", f"{out}, {out}Off").replace("dst[dstOff", f"{out}[{out}Off") for line in w.lines]
    head = ", ".join(f"float[] {a}, int {a}Off" for a in loaded + [out])
    tail = "".join(f", float {s}" for s in scalars)
    step = "i += L" if kind is Vectors else "i++"
    body = "\n".join("      " + line for line in w.lines)
    text = f"  {static}void {java_name(name)}({head}, int n{tail}) {{\n    for (int i = 0; i < n; {step}) {{\n{body}\n    }}\n  }}\n"
    return text, w.used


def both(names):
    return [f for n in names for f in (n, n + "_slope") if f in FUNCTIONS]


def write(title, names, kind):
    simd = kind is Vectors
    package = "simd" if simd else "scalar"
    parts, used = zip(*(method(n, kind, "static " if simd else "") for n in both(names)))
    text = "\n".join(parts)
    used = set().union(*used)
    imports = sorted(f"import static io.lanewise.kernels.micro.{OWNER[u]}.{u};" for u in used)
    if simd:
        classes = ["FloatVector"] + [c for c in ("VectorMask", "VectorOperators") if c in text] + ["VectorSpecies"]
        imports += [""] + [f"import jdk.incubator.vector.{c};" for c in classes]
    listed = ", ".join(n.replace("_", "-") for n in names)
    name = ("Vector" if simd else "Scalar") + title
    if simd:
        doc = f"Loops over whole vectors ({{@code n}} is a multiple of the lanes): {listed}, and their slopes."
        fields = "  private static final VectorSpecies<Float> V = SimdKernels.V;\n  private static final int L = V.length();\n\n" f"  private {name}() {{}}\n"
    else:
        doc = f"Loops over elements, each step as the class of vectors takes it: {listed}, and their slopes."
        fields = f"  private final ScalarMath math;\n\n  {name}(ScalarMath math) {{\n    this.math = math;\n  }}\n"
        if "math." not in text:
            fields = f"  private {name}() {{}}\n"
            text = text.replace("  void ", "  static void ")
    doc += " Written by tools/kernel-templates/write_curves.py."
    out = f"package io.lanewise.kernels.{package};\n\n" + "\n".join(imports) + f"\n\n/** {doc} */\nfinal class {name} {{\n{fields}\n{text}}}\n"
    (BASE / package / f"{name}.java").write_text(out)


def dispatch(kind):
    """All the loops behind ActivationKernels."""
    simd = kind is Vectors
    package, prefix = ("simd", "Vector") if simd else ("scalar", "Scalar")
    objects = [] if simd else [t for t in FILES if "math" in (BASE / package / f"{prefix}{t}.java").read_text()]

    def call(title, function, slope):
        values = "".join(f", {a.arg}" for a in FUNCTIONS[function].args.args if a.arg in PARAMETERS)
        owner = title[0].lower() + title[1:] if title in objects else f"{prefix}{title}"
        arrays = "src, srcOff, dy, dyOff, dx, dxOff" if slope else "src, srcOff, dst, dstOff"
        return f"{owner}.{java_name(function)}({arrays}, {'whole' if simd else 'n'}{values});"

    def switch(slope):
        rows = [(n, t, n + "_slope" if slope else n) for t, names in FILES.items() for n in names]
        cases = [f"      case {n.upper()} -> {call(t, f, slope)}" for n, t, f in rows if f in FUNCTIONS]
        none = [n.upper() for n, t, f in rows if f not in FUNCTIONS]
        if none:
            cases.append(f"      case {', '.join(none)} -> throw new UnsupportedOperationException(f + \" is computed forward only\");")
        return "    switch (f) {\n" + "\n".join(cases) + "\n    }\n"

    text = f"package io.lanewise.kernels.{package};\n\nimport io.lanewise.kernels.micro.ActivationKernels;\nimport io.lanewise.kernels.micro.Curve;\n"
    doc = "One element after the other."
    if simd:
        text += "import jdk.incubator.vector.VectorSpecies;\n"
        doc = "Whole vectors up to the loop bound, then the scalar kernel, which gives the same bits."
    text += f"\n/** {doc} Written by tools/kernel-templates/write_curves.py. */\nfinal class {prefix}Activations implements ActivationKernels {{\n"
    if simd:
        text += "  private static final VectorSpecies<Float> V = SimdKernels.V;\n\n  private final ActivationKernels tails;\n\n  VectorActivations(ActivationKernels tails) {\n    this.tails = tails;\n  }\n"
    else:
        text += "".join(f"  private final Scalar{t} {t[0].lower() + t[1:]};\n" for t in objects)
        text += "\n  ScalarActivations(boolean fma) {\n    ScalarMath math = new ScalarMath(fma);\n"
        text += "".join(f"    this.{t[0].lower() + t[1:]} = new Scalar{t}(math);\n" for t in objects) + "  }\n"
    for slope in (False, True):
        name = "backward" if slope else "forward"
        arrays = ["src", "dy", "dx"] if slope else ["src", "dst"]
        declared = ", ".join(f"float[] {a}, int {a}Off" for a in arrays)
        text += f"\n  @Override\n  public void {name}(Curve f, float p, float q, float r, {declared}, int n) {{\n"
        text += ("    int whole = V.loopBound(n);\n" if simd else "") + switch(slope)
        if simd:
            text += f"    tails.{name}(f, p, q, r, " + ", ".join(f"{a}, {a}Off + whole" for a in arrays) + ", n - whole);\n"
        text += "  }\n"
    (BASE / package / f"{prefix}Activations.java").write_text(text + "}\n")


def write_all():
    for title, names in FILES.items():
        write(title, names, Vectors)
        write(title, names, Scalars)
    dispatch(Vectors)
    dispatch(Scalars)


if __name__ == "__main__":
    write_all()
