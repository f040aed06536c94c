using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>The class that somebody may look at, and the documents which say so; a commit requires them to be as they were read.</summary>
/// <param name="Unseen">Verdicts on work that the one who looks may still read a second time.</param>
public sealed record OpenedClass(Read<ClassSection> Section, Read<Membership> Role, UnseenEntries Unseen)
{
    public ClassSection Class => Section.Document;

    public Changes RequireIn(Changes changes) => changes.Require(ClassSectionDocuments.Kind, Section).Require(MembershipDocuments.Kind, Role);
}

/// <summary>Who sees the record of a class: its teachers, and the school's counselors, registrars and administrators.</summary>
public sealed class ClassAccess(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private readonly EffectiveSettings settings = new(store);
    private readonly BlindReading blind = new(store, authority, clock);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>; <c>stage.reporting-off</c>.</exception>
    public async Task<OpenedClass> OpenAsync(Actor actor, ClassSectionId id, CancellationToken cancellationToken)
    {
        var section = await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", cancellationToken);
        IReadOnlyList<Role> roles = section.Document.Teachers.Contains(actor.Person) ? [Role.Teacher, .. Offices.Records] : Offices.Records;
        var role = await authority.FindAsync(actor, section.Document.Organization, roles, cancellationToken) ?? throw Refused.NotFound("class-section");
        await settings.RequireReportingAsync(section.Document.Organization, cancellationToken);
        var hidden = await blind.HiddenOfAsync(actor, section.Document.Students, cancellationToken);
        return new(section, role, await UnseenEntries.OfAsync(store, hidden, cancellationToken));
    }
}
