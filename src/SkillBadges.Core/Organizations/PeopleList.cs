using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A row of a list of people.</summary>
/// <param name="Row">As a spreadsheet counts; the header is row 1.</param>
public sealed record PeopleRow(long Row, string Name, Role Role, DateOnly? RightsPassOn);

/// <summary>What would become of a row.</summary>
/// <param name="Fault">Why it cannot be entered; null where it can.</param>
/// <param name="IsHere">Somebody of this name has this role here already; that is no fault, since names are not unique.</param>
public sealed record PeopleRowLook(PeopleRow Row, RefusedException? Fault, bool IsHere);

/// <summary>An office enters many people at once: first it looks at what would happen, and then all of them are entered or none.</summary>
public sealed class PeopleList(Commits commits, Authority authority, PeopleSearch search, TimeProvider clock)
{
    public const int MaxRows = 500;

    /// <summary>Changes nothing.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>: not of the office at all. What is wrong with a row is in its look.</exception>
    public async Task<IReadOnlyList<PeopleRowLook>> LookAsync(Actor actor, OrganizationId organization, IReadOnlyList<PeopleRow> rows, CancellationToken cancellationToken)
    {
        var office = await OfficeAsync(actor, organization, cancellationToken);
        var here = await search.NamesAsync(organization, [.. rows.Select(row => row.Role).Distinct()], cancellationToken);
        var seen = new HashSet<(string, Role)>();
        var looks = new List<PeopleRowLook>();
        foreach (var row in rows)
        {
            try
            {
                office.RequireMay(row.Role);
                _ = Person.Named(PersonId.New(clock.Now()), row.Name);
                var isNew = seen.Add((SearchText.Of(row.Name), row.Role));
                looks.Add(new(row, isNew ? null : Refused.Conflict("people-list.twice", "An earlier row has the same name and role."), here.Contains((SearchText.Of(row.Name.Trim()), row.Role))));
            }
            catch (RefusedException refused)
            {
                looks.Add(new(row, refused, false));
            }
        }

        return looks;
    }

    /// <summary>Enters all of them in one commit.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>people-list.rows</c>, and the fault of the first row that has one: <c>role.missing</c>, <c>role.not-here</c>, <c>person.name</c>.</exception>
    public async Task<int> EnterAsync(Actor actor, OrganizationId organization, IReadOnlyList<PeopleRow> rows, RequestKey? key, CancellationToken cancellationToken)
    {
        if (rows.Count is 0 or > MaxRows)
        {
            throw Refused.Invalid("people-list.rows", $"A list has 1 to {MaxRows} rows.");
        }

        await commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var now = clock.Now();
                var office = await OfficeAsync(actor, organization, attemptToken);
                var changes = new Changes().Require(MembershipDocuments.Kind, office.Membership).Require(OrganizationDocuments.Kind, office.Organization).Audit(organization, actor, ActKind.PeopleListEntered, null, now);
                foreach (var row in rows)
                {
                    office.RequireMay(row.Role);
                    var person = Person.Named(PersonId.New(now), row.Name) with { RightsPassOn = row.RightsPassOn };
                    changes.Add(PersonDocuments.Kind, person).Add(MembershipDocuments.Kind, new(MembershipId.New(now), person.Id, organization, row.Role, now));
                }

                return new Outcome<string>(changes, organization.Value, organization.Value);
            },
            (earlier, _) => Task.FromResult(earlier),
            cancellationToken);
        return rows.Count;
    }

    private async Task<Office> OfficeAsync(Actor actor, OrganizationId organization, CancellationToken cancellationToken)
    {
        var read = await commits.Store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        var admin = await authority.FindOrStateAsync(actor, organization, Offices.Administrators, cancellationToken);
        return new(read, admin ?? await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken), admin is not null);
    }

    private sealed record Office(Read<Organization> Organization, Read<Membership> Membership, bool Administers)
    {
        // State administrators are made one by one.
        public void RequireMay(Role role)
        {
            Organization.Document.RequireFits(role);
            if (role == Role.StateAdmin || !(Administers || Offices.Enrolled.Contains(role)))
            {
                throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");
            }
        }
    }
}
