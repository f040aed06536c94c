using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

public static class StandingAssignmentDocuments
{
    public static readonly AccessPath<StandingAssignment> ByAssessor =
        new AccessPath<StandingAssignment>("assessor").Each("assessor", a => a.Assessors.Select(person => person.Value)).OrderBy("began", a => a.From);

    public static readonly AccessPath<StandingAssignment> ByBadge =
        new AccessPath<StandingAssignment>("badge").Each("badge", a => a.Badges).Equal("organization", a => a.Organization.Value).OrderBy("began", a => a.From);

    public static readonly AccessPath<StandingAssignment> ByOrganization =
        new AccessPath<StandingAssignment>("organization").Equal("organization", a => a.Organization.Value).OrderBy("began", a => a.From);

    public static readonly DocumentKind<StandingAssignment> Kind = new("standing_assignment", a => a.Id.Value) { Paths = [ByAssessor, ByBadge, ByOrganization] };
}

public static class DelegationDocuments
{
    public static readonly AccessPath<Delegation> ByDelegate = new AccessPath<Delegation>("delegate").Equal("delegate", d => d.Delegate.Value).OrderBy("ends", d => d.To);

    public static readonly AccessPath<Delegation> ByAbsent = new AccessPath<Delegation>("absent").Equal("absent", d => d.For.Value).OrderBy("ends", d => d.To);

    public static readonly DocumentKind<Delegation> Kind = new("delegation", d => d.Id.Value) { Paths = [ByDelegate, ByAbsent] };
}

public static class QualificationDocuments
{
    public static readonly AccessPath<Qualification> ByHolder =
        new AccessPath<Qualification>("holder").Equal("holder", q => q.Holder.Value).OrderBy("verified", q => q.VerifiedAt);

    public static readonly AccessPath<Qualification> ByOrganization =
        new AccessPath<Qualification>("organization").Equal("organization", q => q.Organization.Value).OrderBy("verified", q => q.VerifiedAt);

    public static readonly DocumentKind<Qualification> Kind = new("qualification", q => q.Id.Value) { Paths = [ByHolder, ByOrganization] };
}

public static class DeclaredRelationDocuments
{
    public static readonly AccessPath<DeclaredRelation> ByPerson =
        new AccessPath<DeclaredRelation>("person").Each("person", r => [r.First.Value, r.Second.Value]).OrderBy("began", r => r.From);

    public static readonly AccessPath<DeclaredRelation> ByOrganization =
        new AccessPath<DeclaredRelation>("organization").Equal("organization", r => r.Organization.Value).OrderBy("began", r => r.From);

    public static readonly DocumentKind<DeclaredRelation> Kind = new("declared_relation", r => r.Id.Value) { Paths = [ByPerson, ByOrganization] };
}
