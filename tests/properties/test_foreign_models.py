"""Models and catalogues of anything: every element, relation and entity is accounted for, and nothing is made up."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.foreign_exports import dependencies, harvest_of, told

TYPES = (
    "ApplicationComponent", "ApplicationService", "ApplicationFunction", "Artifact", "Node", "Device", "SystemSoftware",
    "TechnologyService", "Location", "BusinessProcess", "DataObject", "Junction", "Whatever",
)  # fmt: skip
RELATIONS = (
    "Serving",
    "Flow",
    "Realization",
    "Assignment",
    "Composition",
    "Aggregation",
    "Access",
    "Association",
    "Odd",
)
FIELDS = ("owner", "system", "dependsOn", "dependencyOf", "providesApis", "consumesApis", "type", "domain")
KINDS = ("Component", "Resource", "API", "System", "Group", "Location")
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(data=st.data())
def test_elements_and_relations_of_a_model(tmp_path: Path, data: st.DataObject) -> None:
    types = data.draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=8))
    ends = st.integers(0, len(types))  # the last one is no element
    ties = data.draw(st.lists(st.tuples(ends, st.sampled_from(RELATIONS), ends), max_size=12))
    elements = [
        f'<element identifier="e{n}" xsi:type="{kind}"><name>n{n}</name></element>' for n, kind in enumerate(types)
    ]
    relations = [
        f'<relationship identifier="r{n}" source="e{one}" target="e{other}" xsi:type="{kind}"/>'
        for n, (one, kind, other) in enumerate(ties)
    ]
    file = tmp_path / "model.xml"
    file.write_text(
        '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<elements>{''.join(elements)}</elements><relationships>{''.join(relations)}</relationships></model>"
    )

    harvest = harvest_of("archimate", file)

    assert harvest.accounts.rows() == len(types) + len(ties)
    assert len(told(harvest, "application")) == types.count("ApplicationComponent")
    assert len(told(harvest, "server")) == types.count("Node") + types.count("Device")
    assert all(one != other for one, other in dependencies(harvest))


@SETTINGS
@given(data=st.data())
def test_entities_of_a_catalogue(tmp_path: Path, data: st.DataObject) -> None:
    names = st.sampled_from(("a", "b", "c", "d", ""))
    refs = st.one_of(names, st.builds("{}:{}".format, st.sampled_from([*KINDS, "odd"]), names), st.just("x/y:z/a"))
    spec = st.dictionaries(
        st.sampled_from(FIELDS),
        st.one_of(refs, st.lists(refs, max_size=3), st.none(), st.dictionaries(names, refs, max_size=1)),
    )
    metadata = st.fixed_dictionaries({"name": st.sampled_from("abcd")})
    entity = st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "metadata": metadata, "spec": spec})
    entities = data.draw(st.lists(entity, min_size=1, max_size=8))
    file = tmp_path / "catalog.yaml"
    file.write_text(yaml.safe_dump_all(entities), encoding="utf-8")

    harvest = harvest_of("backstage", file)

    assert harvest.accounts.rows() == len(entities)
    assert all(one != other for one, other in dependencies(harvest))
    assert all(record.name for record in harvest.records)
    components = {each["metadata"]["name"] for each in entities if each["kind"] == "Component"}
    assert components <= set(told(harvest, "application"))
