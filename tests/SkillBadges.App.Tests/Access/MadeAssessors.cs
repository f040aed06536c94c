using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Access;

/// <summary>One of each thing that says who may judge, around the district's teacher and one learner; none of them takes effect on anybody's work.</summary>
internal sealed record MadeAssessors(string Assignment, string Delegation, string Qualification, string Relation)
{
    public static async Task<MadeAssessors> ForAsync(TestDistrict district, PersonId learner)
    {
        var now = district.App.Clock.Now();
        var assignment = new StandingAssignment(StandingAssignmentId.New(now), district.West, null, now) { Assessors = [district.Teacher], Badges = ["wall-framing"] };
        var delegation = new Delegation(DelegationId.New(now), district.West, Role.Teacher, district.Teacher, district.UnassignedTeacher, now.AddDays(100), now.AddDays(101));
        var qualification = new Qualification(QualificationId.New(now), district.Teacher, "rigger", "R-0", "A board", null, district.West, "The register says so.", district.WestRegistrar, now);
        var relation = new DeclaredRelation(DeclaredRelationId.New(now), district.West, district.UnassignedTeacher, learner, RelationKind.Other, district.WestRegistrar, now);
        await district.Store.CommitAsync(
            new Changes()
                .Add(StandingAssignmentDocuments.Kind, assignment)
                .Add(DelegationDocuments.Kind, delegation)
                .Add(QualificationDocuments.Kind, qualification)
                .Add(DeclaredRelationDocuments.Kind, relation),
            CancellationToken.None);
        return new(assignment.Id.Value, delegation.Id.Value, qualification.Id.Value, relation.Id.Value);
    }
}
