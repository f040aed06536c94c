using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Records;

public static class RosterDocuments
{
    public static readonly AccessPath<RosterOrg> OrgsBySource = BySource<RosterOrg>();

    public static readonly DocumentKind<RosterOrg> Orgs = new("roster_org", o => o.Id) { Paths = [OrgsBySource] };

    public static readonly AccessPath<AcademicSession> SessionsBySource = BySource<AcademicSession>();

    public static readonly DocumentKind<AcademicSession> Sessions = new("academic_session", s => s.Id) { Paths = [SessionsBySource] };

    public static readonly AccessPath<Course> CoursesBySource = BySource<Course>();

    public static readonly DocumentKind<Course> Courses = new("roster_course", c => c.Id) { Paths = [CoursesBySource] };

    public static readonly AccessPath<RosterUser> UsersBySource = BySource<RosterUser>();

    /// <summary>What rosters say of a person of ours.</summary>
    public static readonly AccessPath<RosterUser> UsersByPerson = new AccessPath<RosterUser>("person").Equal("person", u => u.Person.Value);

    public static readonly DocumentKind<RosterUser> Users = new("roster_user", u => u.Id) { Paths = [UsersBySource, UsersByPerson] };

    public static readonly AccessPath<RosterClass> ClassesBySource = BySource<RosterClass>();

    public static readonly AccessPath<RosterClass> ClassesBySection = new AccessPath<RosterClass>("section").Equal("section", c => c.Section.Value);

    /// <summary>Classes in which somebody's part begins or ends, by the day's number.</summary>
    public static readonly AccessPath<RosterClass> ClassesByNextChange = new AccessPath<RosterClass>("next_change").OrderBy("day", c => c.NextChange is { } day ? (long)day.DayNumber : null);

    public static readonly DocumentKind<RosterClass> Classes = new("roster_class", c => c.Id) { Paths = [ClassesBySource, ClassesBySection, ClassesByNextChange] };

    private static AccessPath<T> BySource<T>()
        where T : RosterRecord => new AccessPath<T>("source").Equal("source", r => r.Source).OrderBy("sourced_id", r => r.SourcedId);
}
