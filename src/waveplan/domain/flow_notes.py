"""What the keys of rules for flows, and of proposals made from flows, mean: what an editor shows beside them."""

from __future__ import annotations

_PROPOSED = {
    "decision": "accept, reject, change (accept as edited here, over what the inventory says), undecided.",
    "certainty": "In percent; how it is worked out stands in the documentation of flows.",
    "capture": "new: not proposed by the capture before; gone: not seen in this one.",
    "note": "Yours; kept.",
}

FLOW_NOTES: dict[str, dict[str, str]] = {
    "FlowRules": {
        "waveplan_flow_rules": "Version of the format: 1.",
        "shipped": "false: only the rules of this file.",
        "ephemeral_from": "Ports from here on are taken for a client's own.",
        "accept_from": "Proposals at least so certain (percent) say accept from the start.",
        "most_applications": "A server of more applications does not tell which of them talks.",
        "weights": "What a dependency weighs, by volume and number a day; the heavier one counts.",
        "common_services": "From how many consumers on an application is proposed as a common service.",
        "applications": "How applications are proposed for servers without one.",
        "rules": "The first one that matches a flow decides; an id of a shipped rule takes its place.",
    },
    "FlowRule": {
        "action": "drop: noise; keep, soft: a dependency; shared: of a common service; hard: proposed so, never "
        "accepted by itself; tie: the two servers are one cluster.",
        "reason": "Why; by language if you like: {en: …, fr: …}.",
        "off": "true: do without this rule.",
        "match": "What a flow must be; all that is given must hold.",
        "weight_times": "Makes dependencies of such flows heavier, or lighter.",
    },
    "FlowMatch": {
        "ports": "Ports of the server's side: 443, or 137-139.",
        "protocols": "Names or numbers, as the capture has them.",
        "processes": "At either end; * and ? stand for any signs, case does not matter.",
        "source": "The client: names of servers or applications, addresses, networks like 10.1.0.0/16.",
        "target": "The server that is asked, likewise.",
        "either": "One of both, likewise.",
        "same_cluster": "Both servers share a cluster or a disk.",
        "both_ways": "Each calls the other.",
        "source_reaches": "The client reaches at least so many servers.",
        "source_reaches_share": "… and at least this share of all servers in the capture.",
        "source_ports": "The client asks on at least so many ports.",
        "target_reached_by": "At least so many servers reach the target on the same port.",
        "target_reached_by_share": "… and at least this share of all servers in the capture.",
        "seen_below": "Seen less often; only asked of captures in which something was seen ten times as often.",
        "per_day_from": "At least so many connections a day (sightings, where none are counted).",
        "megabytes_per_day_from": "At least so much a day.",
    },
    "WeightScale": {
        "megabytes_per_day": "Weights by volume, from so many megabytes on.",
        "per_day": "Weights by connections, or sightings where none are counted.",
    },
    "CommonServices": {
        "consumers": "At least so many applications consume it.",
        "share": "… and at least this share of the inventory's applications.",
    },
    "Grouping": {
        "labels": "Labels of servers that name their application, the best one first.",
        "tiers": "Words in servers' names that say what a server does, or where, not whose it is.",
        "smallest": "Groups of fewer servers are not proposed.",
        "seed": "Of Louvain's method.",
    },
    "FlowReview": {
        "waveplan_flow_review": "Version of the format: 1.",
        "captured": "What the proposals were made from.",
        "applications": "For servers without an application.",
        "members": "Servers that join an application that is there.",
        "ties": "Servers that replicate to each other, as one cluster.",
        "common_services": "Applications that many consume: all that consume them do so as shared.",
        "dependencies": "Who consumes whom.",
    },
    "ProposedApplication": {
        **_PROPOSED,
        "replaces": "Applications of one server each whose place it takes.",
    },
    "ProposedMembers": {**_PROPOSED, "replaces": "Applications of one server each that leave."},
    "ProposedTie": _PROPOSED,
    "ProposedService": _PROPOSED,
    "ProposedDependency": _PROPOSED,
}
