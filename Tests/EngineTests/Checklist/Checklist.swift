/// Reference K, "sixty behaviours emulators get wrong", row by row.
///
/// | rows | where |
/// |---|---|
/// | 1 | `ConditionChecklist.notEqualIsTrueForAMissingAttribute` |
/// | 2 | `ConditionChecklist.notEqualIsFalseForAMissingAttributeInPartiQL` |
/// | 3 | `ReadChecklist.limitCountsEvaluatedItems` |
/// | 4 | `ReadChecklist.aLimitHitAtTheExactEndLeavesALastEvaluatedKey` |
/// | 5 | `ReadChecklist.anEmptyPageMayHaveALastEvaluatedKey` |
/// | 6 | `ReadChecklist.countIsAfterTheFilterAndScannedCountBefore` |
/// | 7 | `ReadChecklist.countingCostsTheSameAsTheItems` |
/// | 8 | `ReadChecklist.anIndexsLastEvaluatedKeyHoldsTheKeysOfTableAndIndex` |
/// | 9 | `ReadChecklist.aProjectionDoesNotAddKeys` |
/// | 10 | `ReadChecklist.keyAttributesAreRefusedInAQueryFilterAndAllowedInAScan` |
/// | 11 | `ValueChecklist.numbersComeBackCanonicalAndExact`, `arithmeticIsDecimal` |
/// | 12 | `ValueChecklist.oneAndOnePointZeroAreTheSameKeyAndSetMember` |
/// | 13 | `ValueChecklist.stringsAreOrderedByTheirUTF8Bytes` |
/// | 14 | `ValueChecklist.binariesAreOrderedUnsigned` |
/// | 15 | `ValueChecklist.anItemsSizeCountsItsNames` |
/// | 16 | `ValueChecklist.anUpdateHasALowerLimitThanAPut` |
/// | 17 | `ValueChecklist.anEmptyStringIsAValueButNeitherKeyNorIndexKey` |
/// | 18 | `ValueChecklist.aWrongTypedIndexKeyIsAnErrorAndAMissingOneIsSparse` |
/// | 19 | `ConditionChecklist.reservedWordsBiteInAnyCaseButOnlyAsBareNames` |
/// | 20 | `ConditionChecklist.unusedNamesAndUnusedValuesAreErrors` |
/// | 21 | `ConditionChecklist.redundantParenthesesAreAnError` |
/// | 22 | `ConditionChecklist.theSameOperandTwiceIsAnError` |
/// | 23 | `ConditionChecklist.validationHappensBeforeTheTableIsLookedUp` |
/// | 24 | `ConditionChecklist.severalConstraintErrorsComeInOneMessage` |
/// | 25 | `TableChecklist.notFoundHasAnotherTextInTheDataAndInTheControlPlane` |
/// | 26 | WireTests: `ErrorMemberTests.someErrorsSayMessageWithACapital` |
/// | 27 | ServerTests: `ProtocolTests.theChecksumIsOfTheBody` |
/// | 28 | `UpdateChecklist.partiQLsUpdateNeverCreatesAndItsInsertNeverReplaces` |
/// | 29 | `ConditionChecklist.partiQLsOrOffTheKeyTurnsAQueryIntoAScan` |
/// | 30 | `ConditionChecklist.attributeExistsIsTrueForAValueOfTypeNull` |
/// | 31 | `UpdateChecklist.settingAPositionBeyondTheEndAppends` |
/// | 32 | `UpdateChecklist.updatedNewIsTheLeafOnly` |
/// | 33 | `UpdateChecklist.rightHandSidesReadTheItemAsItWas` |
/// | 34 | `UpdateChecklist.updatingAKeyToItsOwnValueIsStillAnError` |
/// | 35 | `UpdateChecklist.anUpdateThatChangesNothingCostsTheWholeItem`, `StreamRecordTests.whatChangesNothingIsNotTold` |
/// | 36 | `UpdateChecklist.deletingNothingCostsOneUnit`, `StreamRecordTests.whatChangesNothingIsNotTold` |
/// | 37 | `CostChecklist.failedConditionsAreCharged` |
/// | 38 | `CostChecklist.aWriteCostsTheLargerOfBothImages` |
/// | 39 | `CostChecklist.anIndexCostsItsEntriesAndAMovedKeyTwoWrites` |
/// | 40 | `CostChecklist.reorderingASetIsNoChangeForAnIndex` |
/// | 41 | `CostChecklist.aTransactionDoublesTheTablesArmOnly` |
/// | 42 | `CostChecklist.anIndexArmOfNothingIsAbsent` |
/// | 43 | `CostChecklist.anEmptyScanCostsOneMinimumAPartition` |
/// | 44 | `CostChecklist.anEventualReadCostsHalfAUnitAtLeast` |
/// | 45 | `CostChecklist.aBatchRoundsEachItemAndAQueryTheSum` |
/// | 46 | `BatchAndTransactionChecklist.aBatchWriteRejectsDuplicatesAndTooManyAsAWhole` |
/// | 49 | `ReadChecklist.aConsistentReadOfAGlobalIndexIsAnError` |
/// | 50 | `ReadChecklist.aQueryOfALocalIndexMayFetchBaseItemsAndCharges` |
/// | 51 | `TableChecklist.theLimitOfAnItemCollectionBlocksGrowthOnly` |
/// | 52 | `StreamChecklist.anExpiredItemIsReadUntilTheServiceRemovesIt` |
/// | 53 | `ShardTests.aDrainedClosedShardHasNoNextIterator` |
/// | 54 | `StreamChecklist.aChildMayBeReadBeforeItsParent` |
/// | 55 | `TableChecklist.aTableBeingCreatedIsNotFoundByDataCalls` |
/// | 56 | `BatchAndTransactionChecklist.aTokenReplayedDoesNothingAgainAndCostsReads` |
/// | 57 | `BatchAndTransactionChecklist.aTransactionalGetIsRejectedByAWriteInFlightAndAGetIsNot` |
/// | 58 | `BatchAndTransactionChecklist.cancellationReasonsArePositional` |
/// | 59 | `TableChecklist.theTwentyFirstGlobalIndexIsRefusedDifferentlyByCreateAndUpdate` |
/// | 60 | `TableChecklist.partitionsNeverMergeSoThatALoweredTableHasThinShares` |
///
/// Rows 47 and 48 are about throttling, which is not there yet. What a batch does with members that could not be served
/// is tested with faults: `FaultTests.membersOfABatchThatCannotBeServedComeBackUnprocessed`.
enum Checklist {}
