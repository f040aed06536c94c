using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Demo;

/// <summary>The organizations, people, classes and internships of the sample district, as they are entered into an empty store.</summary>
internal sealed class DemoPeople(IDocumentStore store, PasswordHashing hashing, InstanceAddress address, TimeProvider clock)
{
    /// <summary>The student whose school has entered that they are an adult.</summary>
    private const int KnownAdult = 82;

    private readonly string passwordHash = hashing.Hash(DemoDistrict.Password, LoginName.Parse("somebody"));
    private readonly Dictionary<string, Organization> organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonId> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PersonId>> students = new(StringComparer.Ordinal);

    /// <summary>Those without a name of their own in the story, by their school's short name.</summary>
    public IReadOnlyDictionary<string, List<PersonId>> Students => students;

    private DateTimeOffset Earlier => clock.Now().AddDays(-30);

    // Next school year: until then the family has its say, and links need two.
    private DateOnly Eighteenth => DateOnly.FromDateTime(clock.Now().UtcDateTime).AddDays(300);

    /// <returns>The id of the organization with this short name.</returns>
    public OrganizationId OrganizationOf(string slug) => organizations[slug].Id;

    /// <returns>The id of whoever signs in with this name.</returns>
    public PersonId PersonOf(string login) => people[login];

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await FoundAsync(cancellationToken);
        await AppointAsync(cancellationToken);
        await EnrollAsync(cancellationToken);
        await FormClassesAsync(cancellationToken);
    }

    /// <summary>Gives everybody who decides some time to undo it.</summary>
    public async Task LetUndoAsync(int minutes, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var top in organizations.Values.Where(organization => organization.Parent is null))
        {
            var read = await store.GetAsync(OrganizationSettingsDocuments.Kind, top.Id.Value, "organization", cancellationToken);
            changes.Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { UndoMinutes = minutes } });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task FoundAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await InstanceDocuments.FixAsync(store, address, clock.Now(), changes, cancellationToken);
        foreach (var planned in DemoDistrict.Organizations)
        {
            var parent = planned.Parent is null ? (OrganizationId?)null : organizations[planned.Parent].Id;
            var founded = Organization.Found(OrganizationId.New(clock.Now()), planned.Slug, planned.Name, planned.Kind, parent) with { ScaleId = planned.Scale };
            organizations[planned.Slug] = DemoDistrict.AcceptsOthers(planned) && founded.KeepsRecords ? Trusting(founded) : founded;
            changes.Add(OrganizationDocuments.Kind, organizations[planned.Slug]);
            if (parent is null)
            {
                changes.Add(OrganizationSettingsDocuments.Kind, new(founded.Id, new() { UndoMinutes = 0 }));
            }
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private Organization Trusting(Organization school) => DemoDistrict.Organizations
        .Where(other => other.Slug != school.Slug && other.Students > 0)
        .Aggregate(school, (trusting, other) => trusting.Trust(address.DidOf(other.Slug)));

    private async Task AppointAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var person in DemoDistrict.People)
        {
            people[person.Login] = Add(changes, person.Login, person.Name, person.Organization, person.Role, EighteenthOf(person));
        }

        changes.Add(
            GuardianshipDocuments.Kind,
            new(GuardianshipId.New(clock.Now()), people["nia.parent"], people["nia"], organizations["westfield-high"].Id, GuardianshipProof.SchoolRecord, Earlier));

        foreach (var learner in (string[])["maya", "leo"])
        {
            changes.Add(
                GuardianshipDocuments.Kind,
                new(GuardianshipId.New(clock.Now()), people["parent"], people[learner], organizations["westfield-high"].Id, GuardianshipProof.SchoolRecord, Earlier));
            changes.Add(
                PlacementDocuments.Kind,
                new(
                    PlacementId.New(clock.Now()),
                    people[learner],
                    organizations["westfield-high"].Id,
                    organizations["northside-market"].Id,
                    people["sam.carter"],
                    Earlier,
                    clock.Now().AddDays(120)) { Badges = ["customer-service"] });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task EnrollAsync(CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var school in DemoDistrict.Organizations.Where(organization => organization.Students > 0))
        {
            var changes = new Changes();
            students[school.Slug] = [];
            for (var i = 0; i < school.Students; i++, number++)
            {
                var rightsPassOn = number + 1 == KnownAdult ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddYears(-1) : (DateOnly?)null;
                students[school.Slug].Add(Add(changes, $"student{number + 1:000}", DemoDistrict.StudentName(number), school.Slug, Role.Student, rightsPassOn));
            }

            await store.CommitAsync(changes, cancellationToken);
        }
    }

    private async Task FormClassesAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var teacher in DemoDistrict.People.Where(person => person.Role == Role.Teacher).DistinctBy(person => person.Organization))
        {
            ImmutableArray<PersonId> learners =
            [
                .. DemoDistrict.People.Where(person => person.Role == Role.Student && person.Organization == teacher.Organization).Select(person => people[person.Login]),
                .. students[teacher.Organization],
            ];
            changes.Add(
                ClassSectionDocuments.Kind,
                new(ClassSectionId.New(clock.Now()), organizations[teacher.Organization].Id, $"Career studies, {teacher.Name}", Earlier) { Teachers = [people[teacher.Login]], Students = learners });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private DateOnly? EighteenthOf(DemoPerson person) => person switch
    {
        { Role: not Role.Student } => null,

        // Sixteen.
        { Login: "nia" or "nia.college" } => Eighteenth.AddYears(1),
        _ => Eighteenth,
    };

    private PersonId Add(Changes changes, string login, string name, string organization, Role role, DateOnly? rightsPassOn = null)
    {
        var person = Person.Named(PersonId.New(clock.Now()), name) with { RightsPassOn = rightsPassOn };
        changes
            .Add(PersonDocuments.Kind, person)
            .Add(AccountDocuments.Kind, new(person.Id, LoginName.Parse(login).Text, passwordHash))
            .Add(MembershipDocuments.Kind, new(MembershipId.New(clock.Now()), person.Id, organizations[organization].Id, role, Earlier));
        return person.Id;
    }
}
