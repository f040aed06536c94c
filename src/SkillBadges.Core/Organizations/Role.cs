namespace SkillBadges.Core.Organizations;

/// <summary>What a person does at one organization; it gives nothing at another.</summary>
public enum Role
{
    Student,
    Teacher,
    Supervisor,
    Counselor,
    Guardian,
    Registrar,
    Employer,
    IndustryAuthor,
    OrganizationAdmin,
    StateAdmin,
}
