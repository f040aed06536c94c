using System.Text;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing;

/// <summary>What an organization's keys sign, as it was recorded before they did: an award's credential or an endorsement.</summary>
/// <param name="Payload">The unsigned credential as JSON text; its UTF-8 is what is signed.</param>
public sealed record RecordedPayload(CredentialId Credential, OrganizationId Organization, string Payload, DateTimeOffset PreparedAt)
{
    public ReadOnlyMemory<byte> Bytes => Encoding.UTF8.GetBytes(Payload);
}
