"""The shapes of partners, needs groups, consultation and what the law asks for, edition by edition."""

from __future__ import annotations

from .words import NOTICE, Schema, a_field, a_list, an_object, maybe, one_of, shape

_EDITION = a_field("string", "The edition, such as `cypp@2009`.")
_PUBLISHED = a_field("string", "Its day of publication, such as `2009-03-27`.")
_KIND = one_of("plan refresh review", "A new plan, a yearly refresh of one, or a review.")
_REF: Schema = {"type": "string", "description": "A Ref."}
_ID: Schema = {"type": "string", "description": "A section's id."}
_DUTY = one_of("yes no unknown", "Whether it had a duty to co-operate on that day.")
_GROUP = a_field("string", "A key of the register of needs groups.")


def _refs(description: str) -> Schema:
    return a_list(_REF, description)


def _ids(description: str) -> Schema:
    return a_list(_ID, description)


def _names(description: str) -> Schema:
    return a_list({"type": "string", "description": "As it is written."}, description)


def _data(name: str, description: str, shapes: dict[str, Schema], **fields: Schema) -> Schema:
    schema: Schema = {"const": f"plan-archive/{name}/1", "description": "The name and number of this shape."}
    return {**an_object(description, schema=schema, **fields, notice=NOTICE), "$defs": shapes}


_COUNTED = {
    "name": a_field("string", "Its name."),
    "relationships": a_field("integer", "How many relationships name it.", minimum=0),
    "authorities": a_field("integer", "In how many authorities.", minimum=0),
    "needs_groups": a_field("integer", "For how many needs groups.", minimum=0),
}

PARTNERS = _data(
    "partners",
    "Who leads and supports what, edition by edition, and with what duty.",
    {
        "Partner": an_object(
            "A partner of the register.",
            key=a_field("string", "Its key."),
            title=a_field("string", "Its name."),
            also=_names("Other names by which plans call it."),
            duty_on_the_archives_day=one_of("yes no unknown", "Whether it had a duty on the archive's day."),
        ),
        "EditionPartners": an_object(
            "The partners of one edition.",
            edition=_EDITION,
            published=_PUBLISHED,
            actions=a_field("integer", "How many actions it has.", minimum=0),
            actions_with_no_partner=_refs("Those whose cell for partners is empty."),
            actions_resting_on_a_partner_with_no_duty=_refs("Those with a partner that had no duty on that day."),
            partners=a_list(shape("Share"), "Each partner of the register that it names."),
            needs_groups=a_list(shape("Meeting"), "Each needs group with each partner that works for it."),
            needs_groups_with_no_partner=a_list(_GROUP, "Those for which it names no partner."),
            not_in_the_register=a_list(shape("Unregistered"), "Names of partners that are in no register."),
            users=shape("Users", "Children, young people and parents."),
        ),
        "Share": an_object(
            "What one partner has in one edition.",
            partner=a_field("string", "Its key in the register."),
            duty=_DUTY,
            leads=_refs("The actions that it leads."),
            supports=_refs("The actions whose partners it is one of."),
            sections=_ids("The sections that name it."),
        ),
        "Meeting": an_object(
            "One needs group and one partner.",
            needs_group=_GROUP,
            partner=a_field("string", "The partner's key."),
            actions=_refs("The actions for the group that the partner leads or supports."),
            sections=_ids("The sections for the group that name the partner."),
        ),
        "Unregistered": an_object(
            "A name that no partner of the register goes by.",
            name=a_field("string", "As the plan writes it."),
            actions=_refs("Where it stands."),
        ),
        "Users": an_object(
            "How children, young people and parents had a part.",
            actions=_refs("Actions that name them as a partner."),
            children_asked=_names("Lines of the consultation about children and young people."),
            parents_asked=_names("Lines of the consultation about parents and families."),
            not_asked=_names("Lines that say they were not asked."),
        ),
        "Relationships": an_object(
            "Recorded relationships between authorities and partners, counted; a sample, not taken from the plans.",
            sample=a_field("boolean", "That it is a sample: always true."),
            relationships=a_field("integer", "How many there are.", minimum=0),
            authorities=a_field("integer", "Of how many authorities.", minimum=0),
            per_authority=a_field("string", "How many an authority, on average, to one decimal."),
            per_authority_and_needs_group=a_field("string", "How many an authority and needs group, on average."),
            with_users=a_field("integer", "How many are with children, young people or parents.", minimum=0),
            partners=a_list(shape("Counted"), "Each partner, those named most first."),
            structures=a_list(shape("Counted"), "Each group or meeting in which they plan."),
            none=a_list(shape("Lacking"), "Authorities with no partner for a needs group."),
        ),
        "Counted": an_object("How often one name stands in the relationships.", **_COUNTED),
        "Lacking": an_object(
            "An authority with no partner for a needs group.",
            authority=a_field("string", "The authority."),
            needs_group=_GROUP,
        ),
    },
    partners=a_list(shape("Partner"), "Every partner of the register."),
    editions=a_list(shape("EditionPartners"), "Every edition that names a partner or has actions."),
    relationships={
        "anyOf": [shape("Relationships"), {"type": "null"}],
        "description": "A sample of relationships; null where there is none.",
    },
)

NEEDS = _data(
    "needs",
    "What the plans have for each needs group.",
    {
        "NeedsGroup": an_object(
            "One needs group.",
            key=a_field("string", "Its key in the register."),
            title=a_field("string", "Its name."),
            plans_in_effect=a_list(shape("EditionNeeds"), "Every edition of the plans in effect on the archive's day."),
            other_plans=a_list(shape("EditionNeeds"), "The editions of other plans that have something for it."),
        ),
        "EditionNeeds": an_object(
            "What one edition has for the group.",
            edition=_EDITION,
            sections=_ids("Sections that the front matter gives to it."),
            actions=_refs("Actions whose Needs cell names it."),
            measures=_refs("Measures of these actions, in these sections, or with its name in a Needs cell."),
        ),
        "Unregistered": an_object(
            "A name that no needs group goes by.",
            name=a_field("string", "As the plan writes it."),
            row=a_field("string", "The row in which it stands."),
        ),
    },
    needs_groups=a_list(shape("NeedsGroup"), "Every needs group, in the register's order."),
    not_in_the_register=a_list(shape("Unregistered"), "Names in Needs cells that are in no register."),
)

_ENTRY = {
    "who": a_field("string", "Who."),
    "asked": a_field("boolean", "Whether they were asked: an edition may say that they were not."),
    "how": a_field("string", "How."),
    "when": a_field("string", "When."),
    "changed": a_field("string", "What changed because of it."),
}

CONSULTATION = _data(
    "consultation",
    "Who was consulted about each edition.",
    {
        "EditionConsultation": an_object(
            "The consultation about one edition.",
            edition=_EDITION,
            published=_PUBLISHED,
            kind=_KIND,
            consultees=a_list(shape("Named"), "Those whom the law named on the day of publication."),
            others=a_list(shape("Entry"), "What the edition says of anyone else."),
        ),
        "Named": an_object(
            "One of those whom the law names.",
            consultee=a_field("string", "Its key in the register."),
            title=a_field("string", "Who."),
            law=a_field("string", "A key of the law register."),
            provision=a_field("string", "The provision that names them."),
            state=one_of("asked missing not-asked", "Asked; no record; or recorded as not asked."),
            entries=a_list(shape("Entry"), "What the edition says of them."),
        ),
        "Entry": an_object("One line of an edition's consultation.", **_ENTRY),
    },
    editions=a_list(shape("EditionConsultation"), "Every edition with a list or a line of consultation."),
)

REQUIREMENTS = _data(
    "requirements",
    "Where each edition holds what the law asks for, takes the steps of joint planning, and whether it was in time.",
    {
        "PlanRequirements": an_object(
            "A plan that there was a duty to make.",
            plan=a_field("string", "Its id."),
            contents_in_the_register=a_field("boolean", "Whether the register has what the law asked it to contain."),
            editions=a_list(shape("EditionRequirements"), "Its editions."),
            years_with_no_edition=a_list(shape("Year"), "Years in which the law asked for one and none came."),
        ),
        "EditionRequirements": an_object(
            "One edition.",
            edition=_EDITION,
            published=_PUBLISHED,
            kind=_KIND,
            contents=a_list(shape("Content"), "What the law asked for on the day of publication."),
            steps=a_list(shape("Step"), "The steps of joint planning."),
            due={"anyOf": [shape("Due"), {"type": "null"}], "description": "When it was due; null where not recorded."},
            publication=shape("Publication", "When it came out, by each route."),
        ),
        "Content": an_object(
            "One thing that a plan must contain.",
            key=a_field("string", "Its key in the register."),
            title=a_field("string", "What it is."),
            law=a_field("string", "A key of the law register."),
            provision=a_field("string", "The provision."),
            sections=_ids("The sections marked as holding it; none where it is not met."),
        ),
        "Step": an_object(
            "One step of joint planning.",
            key=a_field("string", "Its number."),
            title=a_field("string", "What it is."),
            sections=_ids("The sections that take it."),
            actions=_refs("The actions that take it."),
        ),
        "Due": an_object(
            "When the law asked for the edition.",
            on=maybe("string", "The last day allowed, or its year or month; null where it is not known."),
            rule=a_field("string", "The rule."),
            law=a_list({"type": "string", "description": "A key of the law register."}, "The law."),
            exempt=maybe("string", "Why the body did not have to."),
            verdict=one_of("on-time late exempt not-known not-published", "Whether it came out in time."),
            days_late=a_field("integer", "How many days late, where it was.", minimum=0),
        ),
        "Publication": an_object(
            "The days on which it came out, or their year or month; null where none is recorded or known.",
            website=maybe("string", "On the website."),
            partners=maybe("string", "In copies to partners."),
            libraries=maybe("string", "In paper copies in libraries."),
        ),
        "Year": an_object(
            "A year with no edition.",
            year=a_field("string", "The year."),
            over=a_field("boolean", "Whether it had ended on the archive's day."),
        ),
    },
    plans=a_list(shape("PlanRequirements"), "Every plan that there was a duty to make."),
)
