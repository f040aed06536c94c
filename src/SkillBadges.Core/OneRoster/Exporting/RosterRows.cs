using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>Rows of what a roster brought, as it brought them: addresses, telephone numbers and passwords were not kept and stay empty.</summary>
internal static class RosterRows
{
    public static PackRow Org(RosterOrg org) => new PackRow(RosterFiles.Orgs, org.SourcedId).Set("name", org.Name).Set("type", org.Type).Set("identifier", org.Identifier).Set("parentSourcedId", org.Parent);

    public static PackRow Session(AcademicSession session) => new PackRow(RosterFiles.AcademicSessions, session.SourcedId)
        .Set("title", session.Title).Set("type", session.Type).Set("startDate", session.Start).Set("endDate", session.End).Set("parentSourcedId", session.Parent).Set("schoolYear", session.SchoolYear);

    public static PackRow Course(Course course) => new PackRow(RosterFiles.Courses, course.SourcedId)
        .Set("schoolYearSourcedId", course.SchoolYear).Set("title", course.Title).Set("courseCode", course.CourseCode).Set("grades", course.Grades).Set("orgSourcedId", course.Org)
        .Set("subjects", course.Subjects).Set("subjectCodes", course.SubjectCodes);

    public static PackRow Class(RosterClass section) => new PackRow(RosterFiles.Classes, section.SourcedId)
        .Set("title", section.Title).Set("grades", section.Grades).Set("courseSourcedId", section.Course).Set("classCode", section.ClassCode).Set("classType", section.ClassType).Set("location", section.Location)
        .Set("schoolSourcedId", section.School).Set("termSourcedIds", section.Terms).Set("subjects", section.Subjects).Set("subjectCodes", section.SubjectCodes).Set("periods", section.Periods);

    public static PackRow User(RosterUser user) => new PackRow(RosterFiles.Users, user.SourcedId)
        .Set("enabledUser", user.IsEnabled ? "true" : "false").Set("username", user.Username).Set("givenName", user.GivenName).Set("familyName", user.FamilyName).Set("middleName", user.MiddleName)
        .Set("identifier", user.Identifier).Set("agentSourcedIds", user.Agents).Set("grades", user.Grades).Set("userMasterIdentifier", user.MasterIdentifier).Set("preferredGivenName", user.PreferredGivenName)
        .Set("preferredMiddleName", user.PreferredMiddleName).Set("preferredFamilyName", user.PreferredFamilyName).Set("primaryOrgSourcedId", user.PrimaryOrg).Set("pronouns", user.Pronouns);

    public static PackRow Role(RosterUser user, RosterRole role) => new PackRow(RosterFiles.Roles, role.SourcedId)
        .Set("userSourcedId", user.SourcedId).Set("roleType", role.RoleType).Set("role", role.Role).Set("beginDate", role.Begin).Set("endDate", role.End).Set("orgSourcedId", role.Org);

    public static PackRow Enrollment(RosterClass section, RosterEnrollment part) => new PackRow(RosterFiles.Enrollments, part.SourcedId)
        .Set("classSourcedId", section.SourcedId).Set("schoolSourcedId", part.School).Set("userSourcedId", part.User).Set("role", part.Role)
        .Set("primary", part.IsPrimary switch { true => "true", false => "false", _ => null }).Set("beginDate", part.Begin).Set("endDate", part.End);
}
