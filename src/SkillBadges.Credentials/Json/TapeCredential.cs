namespace SkillBadges.Credentials.Json;

/// <summary>The few members of a credential that proofs need, whatever model it follows. One that is absent or misshapen does not exist.</summary>
internal static class TapeCredential
{
    public static TapeValue IssuerId(TapeValue credential) => credential.Find("issuer"u8) is { IsString: true } id ? id : credential.Find("issuer"u8).Find("id"u8);

    /// <summary>The subject's id; nothing when there are several subjects.</summary>
    public static TapeValue SubjectId(TapeValue credential)
    {
        var subject = credential.Find("credentialSubject"u8);
        if (subject is { IsArray: true, Count: 1 })
        {
            foreach (var only in subject.Items)
            {
                return only.Find("id"u8);
            }
        }

        return subject.Find("id"u8);
    }
}
