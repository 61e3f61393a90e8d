"""Chemical industry, refining and light industry, a sheet each."""

from xietong.methods.chemicals import chemical_carbon, nitric_adipic, process_output
from xietong.methods.formulas import by_output
from xietong.methods.method import Method

OUTPUT = ("output_t", "output_1e4m3")
MATERIAL = ("material_t", "material_1e4m3")

CHEMICALS = (
    Method(process_output.process_output, "process_output", process_output.PARAMS, by_output.SPECIES, OUTPUT),
    Method(nitric_adipic.nitric_adipic, "nitric_adipic", nitric_adipic.PARAMS, nitric_adipic.SPECIES, ("output_t",)),
    Method(chemical_carbon.chemical_carbon, "chemical_carbon", chemical_carbon.PARAMS, chemical_carbon.SPECIES, MATERIAL),
)  # fmt: skip
