using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Articulations;

public static class ArticulationDocuments
{
    /// <summary>By <c>Badge smaw-fillet</c> or <c>Stack welding-1</c>, oldest first.</summary>
    public static readonly AccessPath<Articulation> BySubject = new AccessPath<Articulation>("subject").Equal("kind", a => a.Kind.ToString()).Equal("slug", a => a.Slug);

    public static readonly AccessPath<Articulation> ByOrganization = new AccessPath<Articulation>("organization").Each("organization", a => [a.School.Value, a.College.Value]);

    public static readonly DocumentKind<Articulation> Kind = new("articulation", a => a.Id.Value) { Paths = [BySubject, ByOrganization] };
}
