using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

public static class OrganizationDocuments
{
    public static readonly AccessPath<Organization> BySlug = new AccessPath<Organization>("slug").Equal("slug", o => o.Slug).Unique();

    public static readonly AccessPath<Organization> ByName = new AccessPath<Organization>("name").OrderBy("name", o => SearchText.Of(o.Name));

    public static readonly AccessPath<Organization> ByParent = new AccessPath<Organization>("parent").Equal("parent", o => o.Parent?.Value).OrderBy("name", o => SearchText.Of(o.Name));

    public static readonly AccessPath<Organization> ByLogo = new AccessPath<Organization>("logo").Equal("digest", o => o.Logo?.Hex);

    public static readonly DocumentKind<Organization> Kind = new("organization", o => o.Id.Value) { Paths = [BySlug, ByName, ByParent, ByLogo] };

    /// <summary>The day that it is at each of them.</summary>
    public static async Task<IReadOnlyDictionary<OrganizationId, DateOnly>> DaysAsync(this IDocumentStore store, IEnumerable<OrganizationId> organizations, DateTimeOffset instant, CancellationToken cancellationToken) =>
        (await store.FindAllAsync(Kind, organizations.Select(id => id.Value), cancellationToken)).ToDictionary(organization => organization.Id, organization => organization.DayOf(instant));
}

public static class PersonDocuments
{
    /// <summary>The people who were found to be one learner.</summary>
    public static readonly AccessPath<Person> ByIdentity = new AccessPath<Person>("identity").Equal("identity", p => p.LearnerIdentity);

    public static readonly DocumentKind<Person> Kind = new("person", p => p.Id.Value) { Paths = [ByIdentity] };

    /// <summary>Every record of somebody, the one asked for first: several where records were found to be one person's.</summary>
    /// <exception cref="RefusedException"><c>person.not-found</c>.</exception>
    public static async Task<ImmutableArray<Read<Person>>> RecordsOfAsync(this IDocumentStore store, PersonId id, CancellationToken cancellationToken)
    {
        var person = await store.GetAsync(Kind, id.Value, "person", cancellationToken);
        if (person.Document.LearnerIdentity is not { } identity)
        {
            return [person];
        }

        var joined = await store.WholeAsync(Kind, ByIdentity.Where(identity), cancellationToken);
        return [person, .. joined.Items.Where(read => read.Id != person.Id)];
    }

    /// <summary>
    /// Writes people's documents anew as they are: what brings two people closer does so, and who is deciding on one of them at this moment looks again.
    /// </summary>
    public static async Task TouchAsync(this IDocumentStore store, Changes changes, IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        foreach (var id in people.Distinct())
        {
            var read = await store.GetAsync(Kind, id.Value, "person", cancellationToken);
            changes.Replace(Kind, read, read.Document);
        }
    }
}

public static class MembershipDocuments
{
    public static readonly AccessPath<Membership> ByPerson = new AccessPath<Membership>("person").Equal("person", m => m.Person.Value).OrderBy("began", m => m.From);

    public static readonly AccessPath<Membership> ByPersonAt =
        new AccessPath<Membership>("person_at").Equal("person", m => m.Person.Value).Equal("organization", m => m.Organization.Value);

    public static readonly AccessPath<Membership> ByOrganization =
        new AccessPath<Membership>("organization").Equal("organization", m => m.Organization.Value).Equal("role", m => m.Role.ToString()).OrderBy("began", m => m.From);

    /// <summary>A membership without an end exists once for each person, organization and role.</summary>
    public static readonly AccessPath<Membership> Open = new AccessPath<Membership>("open")
        .Equal("person", m => m.To is null ? m.Person.Value : null).Equal("organization", m => m.Organization.Value).Equal("role", m => m.Role.ToString()).Unique();

    public static readonly DocumentKind<Membership> Kind = new("membership", m => m.Id.Value) { Paths = [ByPerson, ByPersonAt, ByOrganization, Open] };
}

public static class GuardianshipDocuments
{
    public static readonly AccessPath<Guardianship> ByGuardian = new AccessPath<Guardianship>("guardian").Equal("guardian", g => g.Guardian.Value).OrderBy("began", g => g.From);

    public static readonly AccessPath<Guardianship> ByLearner = new AccessPath<Guardianship>("learner").Equal("learner", g => g.Learner.Value).OrderBy("began", g => g.From);

    public static readonly DocumentKind<Guardianship> Kind = new("guardianship", g => g.Id.Value) { Paths = [ByGuardian, ByLearner] };
}

public static class ClassSectionDocuments
{
    public static readonly AccessPath<ClassSection> ByTeacher = new AccessPath<ClassSection>("teacher").Each("teacher", c => c.Teachers.Select(t => t.Value)).OrderBy("began", c => c.From);

    public static readonly AccessPath<ClassSection> ByStudent = new AccessPath<ClassSection>("student").Each("student", c => c.Students.Select(s => s.Value)).OrderBy("began", c => c.From);

    public static readonly AccessPath<ClassSection> ByOrganization =
        new AccessPath<ClassSection>("organization").Equal("organization", c => c.Organization.Value).OrderBy("name", c => SearchText.Of(c.Name));

    public static readonly AccessPath<ClassSection> ByCode = new AccessPath<ClassSection>("code").Equal("code", c => c.Code?.Text).Unique();

    public static readonly DocumentKind<ClassSection> Kind = new("class_section", c => c.Id.Value) { Paths = [ByTeacher, ByStudent, ByOrganization, ByCode] };
}
