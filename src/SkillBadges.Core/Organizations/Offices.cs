namespace SkillBadges.Core.Organizations;

/// <summary>Who keeps an organization's books.</summary>
public static class Offices
{
    /// <summary>Who enters and ends people's roles.</summary>
    public static readonly IReadOnlyList<Role> Administrators = [Role.OrganizationAdmin];

    /// <summary>Who keeps classes and guardianships.</summary>
    public static readonly IReadOnlyList<Role> Registry = [Role.Registrar, Role.OrganizationAdmin];

    /// <summary>Whom a registrar enters: students and their families. Who works here is the administrator's to say.</summary>
    public static readonly IReadOnlyList<Role> Enrolled = [Role.Student, Role.Guardian];

    /// <summary>Who sees learners' work and badges besides those who teach them, and arranges internships.</summary>
    public static readonly IReadOnlyList<Role> Records = [Role.Registrar, Role.Counselor, Role.OrganizationAdmin];

    /// <summary>Who may work towards badges at an organization: its students, and its staff, who learn too.</summary>
    public static readonly IReadOnlyList<Role> Learners = [Role.Student, Role.Teacher, Role.Counselor, Role.Registrar, Role.OrganizationAdmin];

    /// <summary>Who may look up a person of the organization.</summary>
    public static readonly IReadOnlyList<Role> Staff = [Role.OrganizationAdmin, Role.Registrar, Role.Counselor, Role.Teacher];
}
